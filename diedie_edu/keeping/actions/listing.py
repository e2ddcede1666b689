"""The triggers that write endings down, from what every app says ends; made by each `migrate`."""

from collections.abc import Iterator
from hashlib import sha256

from django.db import connection

from diedie_edu.common.endings import BACK, EndingKind
from diedie_edu.common.manifests import parts_of

PREFIX = "ends_"
STANDING = """
SELECT tgname::text, tgrelid::regclass::text FROM pg_trigger
WHERE NOT tgisinternal AND tgname LIKE 'ends\\_%'
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO keeping_ending (kind, number, how) VALUES ('{kind}', {number}, {how});
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER {name} AFTER {on} ON {table} FOR EACH ROW
WHEN ({when}) EXECUTE FUNCTION {name}();
"""


def kinds() -> list[EndingKind]:
    """In the order in which they end anew."""
    return sorted(parts_of(EndingKind), key=lambda kind: kind.place)


def statements() -> Iterator[str]:
    for kind in kinds():
        how, when = kind.how, kind.when
        if kind.back != "FALSE":
            how = f"CASE WHEN {kind.back} THEN '{BACK}' ELSE {kind.how} END"
            when = f"{kind.when} OR {kind.back}"
        yield FUNCTION.format(
            name=PREFIX + kind.kind,
            kind=kind.kind,
            on=kind.on,
            table=kind.table,
            number=kind.number,
            how=how,
            when=when,
        )


def is_behind() -> bool:
    """Whether tables are missing: an older version's, on the way to ours."""
    tables = set(connection.introspection.table_names())
    return not {"keeping_ending", *(kind.table for kind in kinds())} <= tables


def write_triggers() -> None:
    """All of them as they are declared, and none that nobody declares."""
    with connection.cursor() as cursor:
        cursor.execute("".join(statements()))
        cursor.execute(STANDING)
        known = {(PREFIX + kind.kind, kind.table) for kind in kinds()}
        for name, table in set(cursor.fetchall()) - known:
            cursor.execute(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION IF EXISTS {name}")


def mark() -> str:
    """Another one for other triggers."""
    return sha256("".join(statements()).encode()).hexdigest()
