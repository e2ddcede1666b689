"""Thousands of rows at a time: PostgreSQL's COPY in place of INSERT and UPDATE statements.

Each field is asked for its value as in a save, so sort keys and times are kept. Against
`bulk_create` this halves the time for which the register stands still.
"""

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from django.db import connection
from django.db.models import Field, Model

_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def insert_copied(rows: Sequence[Model]) -> None:
    """Insert new rows of one model; each gets its id first, from the table's own sequence."""
    if not rows:
        return
    meta = type(rows[0])._meta
    for row, pk in zip(rows, _next_ids(meta.db_table, len(rows)), strict=True):
        row.pk = pk
    _copy(meta.db_table, meta.concrete_fields, rows, add=True)


def update_copied(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Overwrite the named fields of rows of one model."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = [meta.pk, *map(meta.get_field, names)]
    table, moved = _quoted(meta.db_table), _quoted(f"moved_{meta.db_table}")
    columns = [_quoted(field.column) for field in fields]
    taken = ", ".join(f"{column} = moved.{column}" for column in columns[1:])
    _execute(
        f"CREATE TEMP TABLE {moved} ON COMMIT DROP AS"
        f" SELECT {', '.join(columns)} FROM {table} WITH NO DATA"
    )
    _copy(f"moved_{meta.db_table}", fields, rows, add=False)
    _execute(
        f"UPDATE {table} SET {taken} FROM {moved} AS moved"
        f" WHERE {table}.{columns[0]} = moved.{columns[0]}"
    )
    _execute(f"DROP TABLE {moved}")


def _next_ids(table: str, count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return (pk for (pk,) in cursor.fetchall())


def _copy(table: str, fields: Sequence[Field], rows: Sequence[Model], *, add: bool) -> None:
    lines = StringIO()
    for row in rows:
        lines.write("\t".join([_cell(field.pre_save(row, add)) for field in fields]) + "\n")
    lines.seek(0)
    columns = ", ".join(_quoted(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {_quoted(table)} ({columns}) FROM STDIN", lines)


def _cell(value: Any) -> str:
    return r"\N" if value is None else str(value).translate(_ESCAPED)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
