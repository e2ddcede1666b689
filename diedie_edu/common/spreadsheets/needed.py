"""What a row needs that does not say by a number what it is about (`Column.unless`)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.spreadsheets.cells import REQUIRED
from diedie_edu.common.spreadsheets.columns import Column

_NEEDS_COLUMN = _("This row is new. It needs the column “{title}” as well.")


def for_each_row(column: Column) -> Column:
    """As its cells are read one by one, before the whole row is known."""
    return replace(column, required=column.required and not column.unless)


def lacking_in(
    values: Mapping[str, Any], columns: Sequence[Column], index_of: Mapping[str | None, int]
) -> Iterator[tuple[int | None, str | Promise]]:
    """The index of each column that a row needs and has not, and what to do. A cell that cannot be
    read is a fault already."""
    for column in columns:
        if not (column.required and column.unless) or values.get(column.unless):
            continue
        index = index_of.get(column.code)
        if index is None:
            yield None, format_lazy(_NEEDS_COLUMN, title=column.title)
        elif column.code in values and values[column.code] in ("", None, []):
            yield index, REQUIRED
