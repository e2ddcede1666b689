"""Rows on their way out: counted before, read one by one, never all at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from diedie_edu.common.spreadsheets.columns import Column, values_of

CHUNK = 2000


@dataclass(frozen=True)
class Found:
    """What several queries find, one after the other; `as_row` makes of each what columns read."""

    queries: Sequence["QuerySet[Any]"]
    as_row: Callable[[Any], Any] = lambda found: found

    def count(self) -> int:
        return sum(query.count() for query in self.queries)

    def __iter__(self) -> Iterator[Any]:
        for query in self.queries:
            yield from map(self.as_row, query.iterator(chunk_size=CHUNK))


Rows = QuerySet[Any] | Found | Iterable[Any]


@dataclass(frozen=True)
class Outgoing:
    """Rows as values by column code; covered for readers who are not to have them `whole`."""

    columns: Sequence[Column]
    rows: Rows
    whole: bool = True

    def __iter__(self) -> Iterator[dict[str, Any]]:
        rows = Found([self.rows]) if isinstance(self.rows, QuerySet) else self.rows
        return values_of(self.columns, rows, whole=self.whole)

    def count(self) -> int:
        """0 for the few that no query counts."""
        return self.rows.count() if isinstance(self.rows, QuerySet | Found) else 0
