"""How much stands on one slide."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil
from typing import TypeVar

from diedie_edu.office.papers.tree import Points, Shown, Slide, Table, characters

ROWS = 8  # of a table
LINES, LETTERS = 9, 33  # of points, in Chinese characters
Row = TypeVar("Row")


def pages_of(slide: Slide) -> list[Slide]:
    """What is too long goes on to the next slide: a table under its titles, points after points."""
    parts = _parts(slide.shown)
    if len(parts) == 1:
        return [slide]
    return [
        Slide(f"{slide.message}（{number}/{len(parts)}）", part)
        for number, part in enumerate(parts, 1)
    ]


def _parts(shown: Shown) -> list[Shown]:
    if isinstance(shown, Table):
        return [replace(shown, rows=rows) for rows in _chunks(shown.rows, lambda _row: 1, ROWS)]
    if isinstance(shown, Points):
        lines = tuple(piece for line in shown.lines for piece in _pieces(line))
        return [Points(part) for part in _chunks(lines, _height, LINES)]
    return [shown]


def _chunks(
    rows: tuple[Row, ...], height: Callable[[Row], int], room: int
) -> list[tuple[Row, ...]]:
    """As many as have room on one slide, and so on."""
    found: list[list[Row]] = [[]]
    for row in rows:
        if found[-1] and sum(map(height, found[-1])) + height(row) > room:
            found.append([])
        found[-1].append(row)
    return [tuple(part) for part in found]


def _height(point: str) -> int:
    """In lines."""
    return ceil(characters(point) / LETTERS)


def _pieces(point: str) -> list[str]:
    """One that fills more than a slide goes on as another one."""
    most = LINES * LETTERS
    return [point[start : start + most] for start in range(0, len(point), most)]
