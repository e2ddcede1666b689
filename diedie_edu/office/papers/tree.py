"""What a paper says, piece by piece, before it becomes a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import east_asian_width


@dataclass(frozen=True)
class Heading:
    """Its number is written by the paper: 一、 （一） 1. （1） for the levels 1 to 4."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """Each line is a paragraph."""

    text: str


@dataclass(frozen=True)
class Table:
    """`numeric` are the places of the columns that stand to the right."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    caption: str = ""


@dataclass(frozen=True)
class Picture:
    """`description` is read out where the picture is not seen; the caption stands below it."""

    data: bytes
    description: str
    caption: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars that stay editable: for each of the `series` one value, or none, at each label."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    description: str


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on: 经手人, 证明人, 审批人."""

    labels: tuple[str, ...]


Block = Heading | Text | Table | Picture | Chart | Signatures


@dataclass(frozen=True)
class Paper:
    """`unit` and `dated` (2026年11月30日) stand at the lower right, under the stamp."""

    title: str
    unit: str
    dated: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Number:
    """A figure large enough for the last row: the value, what it counts, what it compares with."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Numbers:
    """At most six."""

    items: tuple[Number, ...]


@dataclass(frozen=True)
class Points:
    lines: tuple[str, ...]


Shown = Numbers | Points | Table | Chart | Picture


@dataclass(frozen=True)
class Slide:
    """`message` says in one sentence what is to be seen."""

    message: str
    shown: Shown


@dataclass(frozen=True)
class Deck:
    title: str
    unit: str
    dated: str
    slides: tuple[Slide, ...]


LONGEST_PROPERTY = 250  # characters of a file's title and author


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The headings with their numbers in front, each level counted under the one above it."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (4 - block.level)
        yield replace(block, text=mark(block.level, counts[block.level - 1]) + block.text)


def mark(level: int, number: int) -> str:
    """GB/T 9704 7.3.3: the marks of the four levels."""
    from cn2an import an2cn

    in_words = an2cn(str(number), "low")
    return {1: f"{in_words}、", 2: f"（{in_words}）", 3: f"{number}. "}.get(level, f"（{number}）")


def characters(text: str) -> float:
    """How wide a text is, in Chinese characters: Latin letters and digits take half of one."""
    return sum(1 if east_asian_width(letter) in "WFA" else 0.5 for letter in text)
