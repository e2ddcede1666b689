"""A file is read as the list that somebody chose, or as another layout in which offices keep it."""

from collections.abc import Callable, Sequence
from datetime import date

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.spreadsheets.reader import Table
from diedie_edu.lists.kinds import Layout, ListKind

Read = Callable[[Sequence[Column]], Table]


def read_as(kind: ListKind, read: Read, today: date) -> Table:
    """Raises `Refused` where the file is none of them."""
    columns = kind.columns(today)
    try:
        table = read(columns)
    except Refused:
        for layout in kind.layouts:
            if found := _laid_out(layout, read, today):
                return found
        raise
    if table.header.missing(columns):
        for layout in kind.layouts:
            if found := _laid_out(layout, read, today):
                return found
    return table


def _laid_out(layout: Layout, read: Read, today: date) -> Table | None:
    columns = layout.columns(today)
    try:
        table = read(columns)
    except Refused:
        return None
    if not layout.needs <= table.header.index_of.keys():
        return None
    table.keeps = {table.header.index_of[code] for code in layout.keeps & {*table.header.index_of}}
    table.rows, table.note = list(layout.rows(table.rows)), layout.note
    return table
