"""Which guard is out at the moment, and past which ones the present test has come."""

import builtins
from collections.abc import Callable
from typing import Any

NO_CONDITIONS = "without conditions"


class Guards:
    def __init__(self) -> None:
        self.out: str | None = None
        self.passed: set[str] = set()

    def is_out(self, name: str) -> bool:
        """Whether the source goes past this guard; asked wherever the guard stands."""
        self.passed.add(name)
        return name == self.out


GUARDS = Guards()


class Nothing(str):
    """The "" of a column that shows nothing of its values, until its guard is out."""

    guard = ""

    def __eq__(self, other: object) -> bool:
        return not GUARDS.is_out(self.guard) and super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def cover(name: str, covered: Any) -> Any:
    """The cover of a column of a list, which can be out."""
    if covered == "":
        nothing = Nothing()
        nothing.guard = name
        return nothing
    return covered and (lambda value: value if GUARDS.is_out(name) else covered(value))


def everything() -> Any:
    """A condition that any row fulfils."""
    from django.db.models import Q

    return Q()


def own(name: str, find: Callable[..., Any], request: Any, rows: Any, **which: Any) -> Any:
    """As `get_own_or_404`, or whoever asks where it is out. Where all rows belong to the very
    programme at which the page asks for the right, its mark has looked already: no guard."""
    from django.shortcuts import get_object_or_404

    from diedie_edu.common.belonging import belonging

    programme = getattr(request.resolver_match.func, "programme", None)
    if programme and getattr(belonging(rows.model), "slug", None) == programme:
        GUARDS.passed.add(f"{name} {NO_CONDITIONS}")
        return find(request, rows, **which)
    return get_object_or_404(rows, **which) if GUARDS.is_out(name) else find(request, rows, **which)


def scope(name: str, rows: Any) -> Any:
    """The rows of a query, or of what hangs on a row, without the conditions where they are out.
    What has none counts as no guard."""
    from django.db.models import Manager, QuerySet
    from django.db.models.sql.where import WhereNode

    if isinstance(rows, Manager):  # what hangs on a row has that row for a condition
        rows = rows.all()
    if not isinstance(rows, QuerySet) or not rows.query.where:
        GUARDS.passed.add(f"{name} {NO_CONDITIONS}")
        return rows
    if not GUARDS.is_out(name):
        return rows
    every = rows.all()
    every.query.where = WhereNode()
    return every


NAMES: dict[str, Callable[..., Any]] = {
    "guard_is_out": GUARDS.is_out,
    "guard_cover": cover,
    "guard_everything": everything,
    "guard_own": own,
    "guard_scope": scope,
}


def give_names() -> None:
    """So that rewritten modules find them without importing anything."""
    vars(builtins).update(NAMES)
