"""What plans messages at every tick."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Planner:
    """`plan(now)` is called at every tick, in a transaction of its own.

    It must be safe to call late, twice and by two processes at once; it returns how many
    notices it planned.
    """

    plan: Callable[[datetime], int]
