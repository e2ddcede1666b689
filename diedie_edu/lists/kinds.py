"""Which lists go in and out, and who may move them.

Lists of people stand beside this module; other apps register theirs in `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.common.spreadsheets.reader import MAX_ROWS, Table

if TYPE_CHECKING:
    from diedie_edu.accounts.models import User
    from diedie_edu.lists.plan import ListPlan

RESIDENTS, VOLUNTEERS = "residents", "volunteers"

Exported = tuple[list[Column], Iterable[dict[str, Any]]]


@dataclass(frozen=True)
class ListKind:
    """One kind of list.

    `columns` are those that are read, on a day; `export` gives those that are written, with
    the rows that its reader may see; `export_of` only those about one thing by its number (an
    activity, a series), None where the reader has no such thing. `headings` stand over the two
    cells of `ListPlan.shown`.
    `seen_at` names the page where the rows are found afterwards, `locked_tables` the tables to
    which nobody writes while a list is loaded.
    """

    slug: str
    title: Promise
    permission: Permission
    columns: Callable[[date], list[Column]]
    export: Callable[["User", date], Exported]
    plan: Callable[[Table, "User", datetime], "ListPlan"]
    example: Callable[[], dict[str, Any]]
    headings: tuple[Promise, Promise]
    seen_at: str
    export_of: Callable[["User", date, int], Exported | None] | None = None
    programme: str | None = None
    locked_tables: tuple[str, ...] = field(default=())
    max_rows: int = MAX_ROWS

    def is_open_to(self, user: "User") -> bool:
        return user.may(self.permission, self.programme)


_kinds: dict[str, ListKind] = {}


def register(kind: ListKind) -> None:
    _kinds[kind.slug] = kind


def list_kind(slug: str) -> ListKind:
    """Raises `KeyError` for a kind that nobody registered."""
    return _kinds[slug]


def kinds_open_to(user: "User") -> list[ListKind]:
    """In the order in which they were registered."""
    return [kind for kind in _kinds.values() if kind.is_open_to(user)]
