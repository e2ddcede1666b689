"""What of Django is watched while tests run: statements, refusals, marks of views."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.db.utils import DatabaseErrorWrapper
from django.http import HttpRequest

from diedie_edu.accounts import access
from tests.guards.database import refused, written
from tests.guards.importing import sites
from tests.guards.state import GUARDS

WRITES = re.compile(r'\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')


def watch() -> None:
    _watch_statements()
    _watch_refusals()
    _watch_views()


def _watch_statements() -> None:
    """Notes which tables are written, and takes a condition out of an UPDATE in SQL."""
    plain = CursorWrapper.execute
    in_sql = [site for site in sites() if site.kind == "sql"]

    def execute(cursor: CursorWrapper, sql: Any, params: Any = None) -> Any:
        if isinstance(sql, str):
            GUARDS.passed.update(written(table) for table in WRITES.findall(sql))
            for site in in_sql:
                if site.text in sql and "UPDATE" in sql and GUARDS.is_out(site.name):
                    sql = sql.replace(site.text, f"({site.text} OR TRUE)")
        return plain(cursor, sql, params)

    CursorWrapper.execute = execute  # type: ignore[method-assign]


def _watch_refusals() -> None:
    plain = DatabaseErrorWrapper.__exit__

    def leave(wrapper: DatabaseErrorWrapper, kind: Any, error: Any, traceback: Any) -> Any:
        name = getattr(getattr(error, "diag", None), "constraint_name", None)
        if name:
            GUARDS.passed.add(refused(name))
        return plain(wrapper, kind, error, traceback)

    DatabaseErrorWrapper.__exit__ = leave  # type: ignore[method-assign]


# --- Marks of views --------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """`access:` a view without its mark is open to everybody who may less by one step;
    `programme:` its right counts wherever it is held."""

    name: str
    text: str

    @property
    def kind(self) -> str:
        return self.name.partition(":")[0]


def marks() -> list[Mark]:
    """Of all views that are not public."""
    found = {}
    for view in _views():
        where, right = place_of(view), view.access
        if right != access.PUBLIC:
            found[f"access:{where}"] = str(right)
        if view.programme:
            found[f"programme:{where}"] = f"{right} of {view.programme}"
    return [Mark(*pair) for pair in sorted(found.items())]


def place_of(view: Any) -> str:
    return f"{view.__module__}.{view.__qualname__}"


def _views() -> Iterator[Any]:
    from django.urls import get_resolver

    waiting = [get_resolver()]
    while waiting:
        for row in waiting.pop().url_patterns:
            if hasattr(row, "url_patterns"):
                waiting.append(row)
            elif getattr(row.callback, "access", None):
                yield row.callback


def _watch_views() -> None:
    plain = access.AccessMiddleware.process_view

    def process_view(
        self: Any, request: HttpRequest, view: Any, args: object, kwargs: object
    ) -> Any:
        where, right = place_of(view), getattr(view, "access", access.PUBLIC)
        if right != access.PUBLIC and GUARDS.is_out(f"access:{where}"):
            return plain(self, request, _less(right), args, kwargs)
        if getattr(view, "programme", None) and GUARDS.is_out(f"programme:{where}"):
            return plain(self, request, access.requires(right)(lambda: None), args, kwargs)
        return plain(self, request, view, args, kwargs)

    access.AccessMiddleware.process_view = process_view  # type: ignore[method-assign]


def _less(right: str) -> Any:
    """Of two marks the weaker one that is nearest."""
    is_weak = right in (access.SIGNED_IN, access.HALF_WAY)
    return (access.public if is_weak else access.signed_in)(lambda: None)
