"""The tables of the portal as PostgreSQL holds them, whatever the models of this code say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

HISTORY = "django_migrations"  # says which tables there are, and goes by itself
# However a session is set: the same text for the same value, in every version of PostgreSQL.
PLAIN = """
SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 3; SET LOCAL xmloption = 'content';
SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL lock_timeout = '15s'
"""
COLUMNS = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> %s
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""
SEQUENCES = """
SELECT sequencename::text, coalesce(last_value, 0) FROM pg_sequences
WHERE schemaname = current_schema() AND sequencename NOT LIKE 'django_migrations%'
ORDER BY sequencename
"""
GUARDED = """
SELECT DISTINCT c.relname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal ORDER BY 1
"""

# Keys that are checked row by row, whichever table comes first.
STRICT = """
SELECT k.conrelid::regclass::text, k.conname::text FROM pg_constraint k
WHERE k.connamespace = current_schema()::regnamespace AND k.contype = 'f' AND NOT k.condeferrable
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Table:
    name: str
    columns: list[str]

    @property
    def quoted(self) -> str:
        return connection.ops.quote_name(self.name)

    @property
    def copied(self) -> str:
        """The table and its columns, as COPY names them."""
        return f"{self.quoted} ({', '.join(map(connection.ops.quote_name, self.columns))})"


def tables() -> list[Table]:
    """All but the history of migrations, each with the columns that are written."""
    return [Table(name, columns) for name, columns in _asked(COLUMNS, HISTORY)]


def sequences() -> dict[str, int]:
    """The last number of each that was handed out, 0 where none was."""
    return dict(_asked(SEQUENCES))


def is_there(name: str) -> bool:
    return bool(_asked("SELECT to_regclass(%s)", connection.ops.quote_name(name))[0][0])


@contextmanager
def unguarded() -> Iterator[None]:
    """Rows come in as they were: no trigger of ours looks at them; keys are checked in the end."""
    guarded = [connection.ops.quote_name(name) for [name] in _asked(GUARDED)]
    strict = [
        f"{table} ALTER CONSTRAINT {connection.ops.quote_name(name)}"
        for table, name in _asked(STRICT)
    ]
    run("SET CONSTRAINTS ALL IMMEDIATE")
    _each("ALTER TABLE {} DISABLE TRIGGER USER", guarded)
    _each("ALTER TABLE {} DEFERRABLE", strict)
    run("SET CONSTRAINTS ALL DEFERRED")
    yield
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")
    _each("ALTER TABLE {} NOT DEFERRABLE", strict)
    _each("ALTER TABLE {} ENABLE TRIGGER USER", guarded)


def run(statement: str, *values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _each(statement: str, names: list[str]) -> None:
    if names:
        run("; ".join(statement.format(name) for name in names))


def _asked(statement: str, *values: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


def has_rows(name: str) -> bool:
    return bool(_asked(f"SELECT EXISTS (SELECT FROM {connection.ops.quote_name(name)})")[0][0])  # nosec B608


def take_alone() -> None:
    """Until the transaction ends nobody else reads or writes a table of the portal.

    Raises `Refused` (`in_use`) where somebody else's work does not end.
    """
    names = ", ".join(table.quoted for table in tables())
    try:
        run(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
    except OperationalError:
        raise Refused(
            "in_use", _("The portal is still at work: stop web, worker and beat first.")
        ) from None


def empty() -> None:
    """All tables at once, past whatever forbids it."""
    run(f"TRUNCATE {', '.join(table.quoted for table in tables())}")


def continue_from(last: dict[str, int], leap: int) -> None:
    """Let each sequence go on so many numbers behind the last one it gave out."""
    for name in sequences():
        run(
            f"ALTER SEQUENCE {connection.ops.quote_name(name)} RESTART WITH"
            f" {last.get(name, 0) + leap}"
        )
