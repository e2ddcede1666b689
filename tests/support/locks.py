"""A witness to every test: an action that changes a row which it has read holds a lock.

Two taps at once read the same row, and the second writes over what the first has done. No test
without threads can see that, but any test can see that nothing was locked.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import Atomic

LOCKS = ("pg_advisory_xact_lock", "LOCK TABLE")
Report = Callable[[str], None]


@contextmanager
def watched(report: Report) -> Iterator[None]:
    """`report` hears which function saves a row in a transaction that has locked none."""
    with (
        patch.object(SQLCompiler, "execute_sql", _noting_row_locks(SQLCompiler.execute_sql)),
        patch.object(CursorWrapper, "execute", _noting_locks(CursorWrapper.execute)),
        patch.object(Atomic, "__exit__", _forgetting(Atomic.__exit__)),
        patch.object(Model, "save", _checked(Model.save, report)),
    ):
        yield


def _noting_row_locks(plain: Any) -> Any:
    def execute_sql(compiler: SQLCompiler, *args: Any, **options: Any) -> Any:
        if compiler.query.select_for_update:
            compiler.connection.holds_a_lock = True
        return plain(compiler, *args, **options)

    return execute_sql


def _noting_locks(plain: Any) -> Any:
    def execute(cursor: CursorWrapper, sql: Any, params: Any = None) -> Any:
        if isinstance(sql, str) and any(word in sql for word in LOCKS):
            cursor.db.holds_a_lock = True
        return plain(cursor, sql, params)

    return execute


def _forgetting(plain: Any) -> Any:
    """Locks end with the transaction; that of the test itself does not count as one."""

    def leave(atomic: Atomic, *error: Any) -> None:
        plain(atomic, *error)
        connection: Any = connections[atomic.using or "default"]
        if all(block._from_testcase for block in connection.atomic_blocks):
            connection.holds_a_lock = False

    return leave


def _checked(plain: Any, report: Report) -> Any:
    def save(row: Model, *args: Any, **options: Any) -> None:
        caller = sys._getframe(1)
        module = caller.f_globals["__name__"]
        if ".actions." in module and not row._state.adding and row.pk and not _holds_a_lock():
            report(f"{module}.{caller.f_code.co_name}")
        plain(row, *args, **options)

    return save


def _holds_a_lock() -> bool:
    return getattr(connections["default"], "holds_a_lock", False)
