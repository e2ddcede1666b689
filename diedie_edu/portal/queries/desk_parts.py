"""What the staff desk is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    number: int
    label: str
    url: str = ""
    note: str = ""
    tone: str = "leaf"


@dataclass(frozen=True)
class Problem:
    text: str
    url: str = ""
    action: str = ""
    tone: str = "amber"
