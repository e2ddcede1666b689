"""Which sheet holds the list, which of its rows has the titles, which column is which."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from diedie_edu.common.spreadsheets import faults
from diedie_edu.common.spreadsheets.cells import is_blank, tidy
from diedie_edu.common.spreadsheets.columns import Column, all_words, comparable, listed
from diedie_edu.common.spreadsheets.opening import Sheet

SEARCHED_ROWS = 10
_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]", re.DOTALL)


@dataclass(frozen=True)
class Header:
    """The row of titles of one sheet; `row` counts from 1, indexes of columns from 0."""

    sheet: Sheet
    row: int
    titles: tuple[str, ...]
    columns: Mapping[int, Column]
    duplicates: Mapping[int, Column]

    def missing(self, columns: Sequence[Column]) -> list[Column]:
        """Required columns that the sheet does not have."""
        return [one for one in columns if one.required and one.code not in self.index_of]

    def unknown(self) -> list[int]:
        """Indexes of titled columns that nobody asked for."""
        known = {*self.columns, *self.duplicates}
        return [n for n, title in enumerate(self.titles) if title and n not in known]

    @cached_property
    def index_of(self) -> dict[str | None, int]:
        """Indexes of the columns by code."""
        return {column.code: index for index, column in self.columns.items()}

    def has_rows(self) -> bool:
        """Whether anything stands below the titles."""
        return any(not all(map(is_blank, row)) for row in islice(self.sheet.rows(), self.row, None))


def headers_in(sheets: Sequence[Sheet], columns: Sequence[Column]) -> list[Header]:
    """The headers found, at most one a sheet, the most fitting first.

    Raises `Refused` (`no_header`).
    """
    wanted = {comparable(word): column for column in columns for word in all_words(column.titles)}
    needed = min(2, len(columns))  # a title line or a note may hold one of the words
    found = [header for sheet in sheets for header in _best(sheet, wanted, needed)]
    if not found:
        required = [column.title for column in columns if column.required]
        titles = listed(required or [column.title for column in columns])
        raise faults.refused("no_header", titles=titles)
    return sorted(found, key=lambda header: (-len(header.columns), not header.has_rows()))


def _best(sheet: Sheet, wanted: Mapping[str, Column], needed: int) -> list[Header]:
    candidates = [
        _header(sheet, number, row, wanted)
        for number, row in enumerate(islice(sheet.rows(), SEARCHED_ROWS), 1)
    ]
    best = max(candidates, key=lambda header: len(header.columns), default=None)
    return [best] if best and len(best.columns) >= needed else []


def _header(sheet: Sheet, number: int, row: list[Any], wanted: Mapping[str, Column]) -> Header:
    titles = tuple("" if is_blank(cell) else " ".join(tidy(str(cell)).split()) for cell in row)
    columns: dict[int, Column] = {}
    duplicates: dict[int, Column] = {}
    for index, title in enumerate(titles):
        column = wanted.get(comparable(title)) or wanted.get(comparable(_bare(title)))
        if column:
            (duplicates if column in columns.values() else columns)[index] = column
    return Header(sheet, number, titles, columns, duplicates)


def _bare(title: str) -> str:
    """Without a hint in brackets: 出生日期（必填）."""
    return _IN_BRACKETS.sub("", title)
