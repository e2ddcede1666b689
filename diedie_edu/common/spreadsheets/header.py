"""Which sheet holds the list, which of its rows have the titles, which column is which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets import faults
from diedie_edu.common.spreadsheets.cells import is_blank
from diedie_edu.common.spreadsheets.columns import Column, listed
from diedie_edu.common.spreadsheets.opening import Opened, Sheet
from diedie_edu.common.spreadsheets.title_rows import Texts, blocks_of, text_of
from diedie_edu.common.spreadsheets.titles import Titles, key

SEARCHED_ROWS = 10
SHOWN_SHEETS = 10


@dataclass(frozen=True)
class Header:
    """The titles of one sheet, in one row or several: `row` is the last of them and counts from 1,
    indexes of columns from 0. `lines` are the rows as they stand, for pages that repeat them."""

    sheet: Sheet
    row: int
    titles: tuple[str, ...]
    columns: Mapping[int, Column]
    duplicates: Mapping[int, Column]
    lines: tuple[Texts, ...]
    known: Titles

    def missing(self, columns: Sequence[Column]) -> list[Column]:
        """Required columns that the sheet does not have."""
        told = self.index_of.keys()
        lacking = [one for one in columns if one.required and not {one.code, one.end_of} & told]
        return [one for one in lacking if not one.unless or one.unless not in told]

    def read_besides(self) -> Iterator[tuple[int, Column]]:
        """Columns that the sheet does not have, with indexes of those that tell them as well."""
        for column in self.known.columns:
            if column.end_of in self.index_of and column.code not in self.index_of:
                yield self.index_of[column.end_of], column

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

    def is_repeated_by(self, cells: Sequence[Any]) -> bool:
        """Whether a row is one of titles once more: on each printed page, or in English."""
        filled = {n: text for n, text in enumerate(map(text_of, cells)) if text}
        return bool(filled) and (
            any(_stand_in(filled, line) for line in self.lines)
            or all(self._is_title(n, text) for n, text in filled.items())
        )

    def is_word(self, text: str) -> bool:
        """Whether a text is one of the titles' words: a quick look."""
        return key(text) in self._words

    @cached_property
    def _words(self) -> set[str]:
        return {*self.known.by_word, *(key(text) for line in self.lines for text in line if text)}

    def _is_title(self, index: int, text: str) -> bool:
        column = self.columns.get(index)
        return bool(column) and self.known.column(text) is column


def _stand_in(filled: Mapping[int, str], line: Texts) -> bool:
    return all(n < len(line) and line[n] == text for n, text in filled.items())


def headers_of(found: Opened, columns: Sequence[Column]) -> list[Header]:
    """The headers of a file, as `headers_in`. Raises `Refused` (`no_header`, `list_is_hidden`)."""
    try:
        return headers_in(found.sheets, columns)
    except Refused as refusal:
        if found.hidden:
            sheets = listed(found.hidden[:SHOWN_SHEETS])
            raise faults.refused("list_is_hidden", sheets=sheets) from refusal
        raise


def headers_in(sheets: Sequence[Sheet], columns: Sequence[Column]) -> list[Header]:
    """The headers found, at most one a sheet, the most fitting first.

    Raises `Refused` (`no_header`).
    """
    titles = Titles(columns)
    needed = min(2, len(columns))  # a title line or a note may hold one of the words
    found = list(_found(sheets, titles, needed))
    if not found:
        required = [column.title for column in columns if column.required]
        words = listed(required or [column.title for column in columns])
        raise faults.refused("no_header", titles=words)
    if found[0].sheet.is_delimited:
        return [max(found, key=_fitness)]
    return sorted(found, key=lambda header: (-len(header.columns), not header.has_rows()))


def _found(sheets: Sequence[Sheet], known: Titles, needed: int) -> Iterator[Header]:
    """Raises the first `Refused` of `Sheet.rows` where none is found: a delimiter under which a CSV
    cannot be read is not the one that is meant."""
    refusals, is_found = [], False
    for sheet in sheets:
        try:
            for header in _best(sheet, known, needed):
                is_found = True
                yield header
        except Refused as refusal:
            refusals.append(refusal)
    if refusals and not is_found:
        raise refusals[0]


def _best(sheet: Sheet, known: Titles, needed: int) -> list[Header]:
    best = None
    for header in _candidates(sheet, known):
        if best is None or _fitness(header) > _fitness(best) or _goes_on(header, best):
            best = header
    return [best] if best and len(best.columns) >= needed else []


def _fitness(header: Header) -> tuple[int, int]:
    return len(header.columns), -len(header.duplicates)


def _goes_on(header: Header, best: Header) -> bool:
    """Whether it says as much and has the other's row among its own: the lower titles count."""
    begins = header.row - len(header.lines)
    return _fitness(header) == _fitness(best) and begins < best.row < header.row


def _candidates(sheet: Sheet, known: Titles) -> Iterator[Header]:
    rows = list(islice(sheet.rows(), SEARCHED_ROWS))
    for block in blocks_of(rows, sheet.merged, known):
        columns: dict[int, Column] = {}
        duplicates: dict[int, Column] = {}
        for index, (title, uppers) in enumerate(block.titles):
            if column := known.column(title, uppers):
                (duplicates if column in columns.values() else columns)[index] = column
        titles = tuple(_shown(known, title, uppers) for title, uppers in block.titles)
        yield Header(sheet, block.row, titles, columns, duplicates, block.lines, known)


def _shown(known: Titles, title: str, uppers: Sequence[str]) -> str:
    """With what stands above it, where the title alone does not say it."""
    column = known.column(title, uppers)
    return title if column and column is known.column(title) else " ".join([*uppers, title])
