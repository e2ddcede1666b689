"""Earlier weeks: all that happened in the test's house, once more for each week before it.

A week's rows name rows of the same week, and all their days lie as many weeks back; what a house
has few of is shared by all. Triggers and foreign keys do not fire, which takes the rights of a
superuser; checks, uniqueness and exclusions hold: a row that they refuse is left out, and so is
what names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from tests.support.many_rows import FEW, WORDS

STEP = 100_000  # between the number of a row and that of its copy a week before
DAYS = {"date", "timestamp with time zone"}
NUMERIC = {"bigint", "integer"}
# Activities, and what belongs to one.
OF_A_WEEK = {
    *("after_school_schoolbreak", "after_school_term", "after_school_zone"),
    *("edu_base_campaignevent", "happy_square_festival", "happy_square_group"),
    *("residents_school_lectureseries", "residents_school_survey"),
}
# Their keys have a form that a copy cannot keep.
OF_ONE_FORM = {
    *("activities_calendarfeed", "decisions_deputy", "edu_base_dwelling", "edu_base_enterprise"),
    *("files_storedfile", "office_expense"),
}
OF_THE_HOUSE = {*FEW.split(), *OF_ONE_FORM, "accounts_tries", "notices_tick"} - OF_A_WEEK
NUMBERS = {("decisions_request", "subject"), ("people_childaccess", "child_number")}
# A column, and the primary key that it names, alone or with others.
NAMED = """
SELECT conrelid, attname, relname, pg_get_indexdef(indexrelid, 1, false) AS key
FROM pg_constraint JOIN pg_class ON pg_class.oid = confrelid
JOIN pg_index ON indrelid = confrelid AND indisprimary AND indnatts = 1
CROSS JOIN unnest(conkey, confkey) AS pair (own, its)
JOIN pg_attribute ON attrelid = conrelid AND attnum = pair.own
WHERE contype = 'f' AND pair.its = indkey[0] AND conrelid = %s::regclass
"""
COLUMNS = f"""
SELECT attname, format_type(atttypid, NULL), atttypmod - 4, coalesce((
    SELECT relname FROM ({NAMED}) named WHERE named.attname = own.attname LIMIT 1
), '')
FROM pg_attribute own
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum
"""
KEYS = f"SELECT DISTINCT attname, relname, key FROM ({NAMED}) named"
UNIQUE = """
SELECT array_agg(attname::text ORDER BY attnum) FROM pg_index
JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
WHERE indrelid = %s::regclass AND indisunique GROUP BY indexrelid
"""


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    length: int
    target: str  # the table that it names a row of

    @property
    def of_row(self) -> str:
        return f'row."{self.name}"'

    def moved(self) -> str:
        """Its value in the copy, so that copies name copies."""
        if self.kind in NUMERIC and (self.target or self.name == "id"):
            return f"{self.of_row} + week * {STEP}"
        return f"{self.of_row} - week * interval '7 days'" if self.kind in DAYS else ""

    def made_unique(self) -> str:
        if self.kind in NUMERIC:
            return f"{self.of_row} + week * {STEP}"
        if self.kind == "uuid":
            return "gen_random_uuid()"
        left = f"left({self.of_row}, {self.length - 6})"
        return f"CASE WHEN {self.of_row} = '' THEN '' ELSE {left} || week END"


def live_through(weeks: int) -> None:
    """Fill so many weeks before the house's own."""
    copied = [name for name in tables() if name not in OF_THE_HOUSE]
    with connection.cursor() as cursor:
        for name in copied:
            columns = list(_columns(cursor, name, copied))
            names = ", ".join(f'"{column.name}"' for column in columns)
            values = ", ".join(_values(cursor, name, columns))
            cursor.execute(
                f"INSERT INTO {name} ({names}) SELECT {values}"
                f" FROM generate_series(1, {weeks}) week, {name} row {unless_there(cursor, name)}"
            )
        while sum(_orphans_gone(cursor, name) for name in copied):
            pass


def unless_there(cursor: CursorWrapper, table: str) -> str:
    """Leaves out what is not unique, where nothing of the table is looked at in the end alone."""
    cursor.execute(
        "SELECT 1 FROM pg_constraint WHERE conrelid = %s::regclass AND condeferrable"
        " AND contype IN ('u', 'x')",
        [table],
    )
    return "" if cursor.fetchone() else "ON CONFLICT DO NOTHING"


def _orphans_gone(cursor: CursorWrapper, table: str) -> int:
    """How many rows that named a missing one have gone."""
    cursor.execute(KEYS, [table])
    keys, gone = cursor.fetchall(), 0
    for column, target, key in keys:
        cursor.execute(
            f'DELETE FROM {table} row WHERE "{column}" IS NOT NULL'
            f' AND NOT EXISTS (SELECT FROM {target} it WHERE it."{key}" = row."{column}")'
        )
        gone += cursor.rowcount
    return gone


def tables() -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True))


def _columns(cursor: CursorWrapper, table: str, copied: list[str]) -> Iterator[Column]:
    cursor.execute(COLUMNS, [table, table])
    for name, kind, length, target in cursor.fetchall():
        yield Column(name, kind, length, target if target in copied else "")


def _values(cursor: CursorWrapper, table: str, columns: list[Column]) -> Iterator[str]:
    numbers = {name for one, name in NUMBERS if one == table}
    moved = {column.name: column.moved() for column in columns}
    cursor.execute(UNIQUE, [table])
    for [names] in cursor.fetchall():
        kinds = {column.name: column for column in columns if column.name in names}
        if not any(moved.get(name) for name in names):
            first = next((kinds[name] for name in names if _can_differ(kinds.get(name))), None)
            numbers |= {first.name} if first else set()
    for column in columns:
        unique = column.made_unique() if column.name in numbers else ""
        yield moved[column.name] or unique or column.of_row


def _can_differ(column: Column | None) -> bool:
    if column is None or column.name in WORDS:
        return False
    return column.kind in {*NUMERIC, "uuid"} or column.length > 12
