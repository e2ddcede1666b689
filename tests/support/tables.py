"""All rows of the test database at once: thrown away, kept aside, put back.

Only tables with rows are touched, and triggers that guard rows do not fire, which takes the
rights of a superuser. Django's `flush` truncates every table and then writes all content types
and permissions anew, half a second a test; here those two stay.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

KEPT = {"django_content_type", "auth_permission"}  # the same after every migration


def empty_tables() -> None:
    """Delete all rows; as `flush`, it waits until nobody else is writing any."""
    with _unguarded() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(_tables())}")
        cursor.execute("; ".join(f"DELETE FROM {name}" for name in _full(cursor)) or "SELECT")


def all_rows() -> dict[str, bytes]:
    """The rows of each table, as `put_back` takes them."""
    rows = {}
    with _unguarded() as cursor:
        for name in _full(cursor):
            copy = BytesIO()
            cursor.copy_expert(f"COPY {name} TO STDOUT", copy)
            rows[name] = copy.getvalue()
    return rows


def put_back(rows: dict[str, bytes]) -> None:
    """Fill the empty tables of the same database, whose sequences are past these rows."""
    with _unguarded() as cursor:
        for name, copy in rows.items():
            cursor.copy_expert(f"COPY {name} FROM STDIN", BytesIO(copy))


@contextmanager
def _unguarded() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor


def _tables() -> list[str]:
    names = set(connection.introspection.django_table_names(only_existing=True)) - KEPT
    return [connection.ops.quote_name(name) for name in sorted(names)]


def _full(cursor: CursorWrapper) -> list[str]:
    """The tables that hold a row."""
    asked = (f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in _tables())
    cursor.execute(" UNION ALL ".join(asked))
    return [name for [name] in cursor.fetchall()]
