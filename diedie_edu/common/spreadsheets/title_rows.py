"""Titles in several rows: what stands above each, merged across or down, or left blank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from diedie_edu.common.spreadsheets.cells import is_blank, tidy
from diedie_edu.common.spreadsheets.titles import Titles

MOST_ROWS = 3
Texts = tuple[str, ...]
Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


@dataclass(frozen=True)
class Block:
    """Rows that may be those of the titles, down to `row` (from 1). For each column its title, and
    what stands above it, from the top."""

    row: int
    titles: list[tuple[str, Texts]]
    lines: tuple[Texts, ...]


def text_of(cell: Any) -> str:
    return "" if is_blank(cell) else " ".join(tidy(str(cell)).split())


def blocks_of(rows: Sequence[Sequence[Any]], merged: Merged, known: Titles) -> Iterator[Block]:
    """For each row the block that ends with it; alone as well, where rows above seem to belong."""
    width = max(map(len, rows), default=0)
    lines = [tuple(map(text_of, row)) + ("",) * (width - len(row)) for row in rows]
    for number in range(len(lines)):
        titles = [(text, Texts()) for text in lines[number]]
        block = Block(number + 1, titles, (lines[number],))
        above = _Above(lines, merged, known)
        for upper in range(number - 1, max(-1, number - MOST_ROWS), -1):
            grown = above.laid_over(block, upper)
            if grown is None:
                break
            block = grown
        reach = max(len(row) for row in rows[number + 1 - len(block.lines) : number + 1])
        yield replace(block, titles=block.titles[:reach])


class _Above:
    """Lays a row over the titles below it, if it is one of them."""

    def __init__(self, lines: Sequence[Texts], merged: Merged, known: Titles) -> None:
        self.lines, self.known = lines, known
        self.ends = dict(merged)

    def laid_over(self, block: Block, upper: int) -> Block | None:
        line, below = self.lines[upper], [title for title, _uppers in block.titles]
        spread = self._spread(upper, below)
        if not self._belongs(upper, spread, below):
            return None
        titles = []
        for index, (title, uppers) in enumerate(block.titles):
            if title:
                more = (spread[index],) if spread[index] and spread[index] != title else ()
                titles.append((title, (*more, *uppers)))
            else:
                titles.append((line[index] if self._reaches(upper, index, block.row) else "", ()))
        return Block(block.row, titles, (line, *block.lines))

    def _spread(self, upper: int, below: Sequence[str]) -> list[str]:
        """What stands above each title: a merged cell above all that it spans, another one also
        above titles to its right that nothing stands above."""
        spread = list(self.lines[upper])
        for (row, first), (_last_row, last) in self.ends.items():
            if row == upper:
                spread[first : last + 1] = [spread[first]] * len(spread[first : last + 1])
        for index in range(1, len(spread)):
            if not spread[index] and below[index] and below[index - 1]:
                spread[index] = spread[index - 1]
        return spread

    def _reaches(self, upper: int, index: int, row: int) -> bool:
        """Whether a cell is the title of a column that has none below: not one that is merged
        across and ends above."""
        last_row, last = self.ends.get((upper, index), (row - 1, index))
        return last == index or last_row >= row - 1

    def _belongs(self, upper: int, spread: Sequence[str], below: Sequence[str]) -> bool:
        """Several words stand there, one of them above several titles, or where there is none
        below; and below no title that is known alone stands what is none: that is a list's row."""
        line = self.lines[upper]
        pairs = list(zip(line, spread, below, strict=True))
        if len({text for text in line if text}) < 2 or not any(map(self.known.column, below)):
            return False
        if any(self._is_a_rows_cell(own, lower) for own, _shared, lower in pairs):
            return False
        is_above_several = any(
            one and one == other and lower and following
            for (_a, one, lower), (_b, other, following) in pairwise(pairs)
        )
        reaches_down = any(own and not lower for own, _shared, lower in pairs)
        return is_above_several or reaches_down

    def _is_a_rows_cell(self, own: str, lower: str) -> bool:
        """Whether below a title that is known stands what is none."""
        is_below_title = bool(own and lower) and own != lower and self.known.column(own)
        return bool(is_below_title) and not self.known.column(lower, [own])
