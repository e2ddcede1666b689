"""Which lists go in and out, and who may move them: every app brings its own."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.manifests import parts_by, parts_of
from diedie_edu.common.spreadsheets.columns import Column, columns_to_write
from diedie_edu.common.spreadsheets.outgoing import Outgoing, Rows
from diedie_edu.common.spreadsheets.reader import MAX_ROWS, Row, Table
from diedie_edu.lists.plans import ListPlan

Exported = tuple[list[Column], Outgoing]


def moves_people(user: User) -> bool:
    return user.may(Permission.MOVE_PEOPLE)


def nobody(user: User) -> bool:
    return False


@dataclass(frozen=True)
class Layout:
    """Another way in which offices keep a list: its columns, by which of them it is known, of which
    the cells may be kept, the list's rows that its rows are, and what is said of it."""

    columns: Callable[[date], list[Column]]
    needs: frozenset[str]
    keeps: frozenset[str]
    rows: Callable[[Iterable[Row]], Iterable[Row]]
    note: Promise


@dataclass(frozen=True)
class ListKind:
    """One kind of list.

    `columns` are all it has, on a day: checking, loading, export, template and help derive from
    them. `rows` are those that its reader may take out, `rows_of` only those about one thing by
    its number (an activity, a series), None where the reader has no such thing; whoever is not
    `sees_whole` gets them covered. `headings` stand over the two cells of `ListPlan.shown`.
    `seen_at` names the page where the rows are found afterwards, `locked_tables` the tables to
    which nobody writes while a list is loaded. A list `is_public` that whoever sees its rows in
    the admin site may take out. One that `names_people` is asked for with a reason.
    A file that is no such list may be one of its `layouts`.
    """

    slug: str
    title: Promise
    permission: Permission
    columns: Callable[[date], list[Column]]
    rows: Callable[[User, date], Rows]
    plan: Callable[[Table, User, datetime], ListPlan]
    headings: tuple[Promise, Promise]
    seen_at: str
    rows_of: Callable[[User, date, int], Rows | None] | None = None
    sees_whole: Callable[[User], bool] = moves_people
    programme: str | None = None
    locked_tables: tuple[str, ...] = field(default=())
    max_rows: int = MAX_ROWS
    is_public: bool = False
    names_people: bool = True
    layouts: tuple[Layout, ...] = ()

    def is_open_to(self, user: User) -> bool:
        return user.may(self.permission, self.programme)

    def exported(self, user: User, today: date) -> Exported:
        """Columns and rows as they are written; rows are fetched as they are."""
        return self.written(self.rows(user, today), user, today)

    def exported_of(self, user: User, today: date, number: int) -> Exported | None:
        rows = self.rows_of(user, today, number) if self.rows_of else None
        return None if rows is None else self.written(rows, user, today)

    def written(self, rows: Rows, user: User, today: date) -> Exported:
        whole = self.sees_whole(user)
        columns = columns_to_write(self.columns(today), whole=whole)
        return columns, Outgoing(columns, rows, whole)


@dataclass(frozen=True)
class Watch:
    """The room that knows of whom a look is written: `of_file(by, page, now, reason)` is a context
    with a `noted`, through which the rows of a list pass on their way into a file."""

    of_file: Callable[..., AbstractContextManager[Any]]


def watched(**about: Any) -> AbstractContextManager[Any]:
    [watch] = parts_of(Watch)
    return watch.of_file(**about)


def list_kind(slug: str) -> ListKind:
    """Raises `KeyError` for a kind that no app brings."""
    return parts_by(ListKind, "slug")[slug]


def kinds_open_to(user: User) -> list[ListKind]:
    """Those of the programmes first."""
    return [kind for kind in parts_of(ListKind) if kind.is_open_to(user)]
