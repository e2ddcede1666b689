"""The guards that stand in the database: constraints, triggers, and row locks in triggers and in
the functions that they share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection
from django.db.models import Model

from tests.guards.conditions import sql_conditions
from tests.guards.importing import PACKAGES

NAMED_IN_REFUSAL = re.compile(r"CONSTRAINT = '(\w+)'")
UPDATE = re.compile(r"\bUPDATE\s+\S+\s+SET\b.*?(?=RETURNING|;)", re.S)
ROW_LOCK = re.compile(r"\bFOR (NO KEY UPDATE|UPDATE|KEY SHARE|SHARE)( OF \w+)?")


@dataclass(frozen=True)
class InDatabase:
    """A guard of one table. `marks` are what a test must have come past to be able to see it."""

    name: str
    table: str
    text: str
    take_out: tuple[str, ...] = field(repr=False)
    put_back: tuple[str, ...] = field(repr=False)
    marks: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        return self.name.partition(":")[0]


def in_database() -> list[InDatabase]:
    """All of them; reads the database's own catalogue."""
    return [*_constraints(), *_triggers(), *_functions()]


def our_models() -> list[type[Model]]:
    return [one for one in apps.get_models() if one.__module__.partition(".")[0] in PACKAGES]


# --- Constraints -----------------------------------------------------------------------


def _constraints() -> Iterator[InDatabase]:
    for model in our_models():
        if not model._meta.managed or model._meta.proxy:
            continue
        for row in model._meta.constraints:
            yield _constraint(model._meta.db_table, row.name)
        for name in _uniques(model):
            yield _constraint(model._meta.db_table, name)


def _uniques(model: type[Model]) -> Iterator[str]:
    """Columns that are unique by themselves."""
    declared = {row.name for row in model._meta.constraints}
    found = _asked(
        "SELECT conname FROM pg_constraint WHERE contype = 'u' AND conrelid = %s::regclass",
        model._meta.db_table,
    )
    return (name for [name] in found if name not in declared)


def _constraint(table: str, name: str) -> InDatabase:
    add = 'ALTER TABLE "{}" ADD CONSTRAINT "{}" {}'
    own = _asked(
        "SELECT pg_get_constraintdef(oid), conindid FROM pg_constraint"
        " WHERE conname = %s AND conrelid = %s::regclass",
        *(name, table),
    )
    if not own:
        [[index]] = _asked("SELECT pg_get_indexdef(%s::regclass)", name)
        return _dropped(table, name, index, f'DROP INDEX "{name}"', index)
    [[definition, index]] = own
    keys = _asked(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conindid = %s AND conname <> %s",
        *(index, name),
    )
    drop = f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}" CASCADE'
    back = [add.format(table, name, definition), *(add.format(*key) for key in keys)]
    return _dropped(table, name, definition, drop, *back)


def _dropped(table: str, name: str, text: str, drop: str, *back: str) -> InDatabase:
    marks = frozenset({refused(name)})
    return InDatabase(f"constraint:{table}.{name}", table, text, (drop,), back, marks)


# --- Triggers --------------------------------------------------------------------------


def _triggers() -> Iterator[InDatabase]:
    for model, trigger in pgtrigger.registered():
        table = model._meta.db_table
        [[function]] = _asked(
            "SELECT pg_get_functiondef(tgfoid) FROM pg_trigger"
            " WHERE tgname = %s AND tgrelid = %s::regclass",
            *(trigger.get_pgid(model), table),
        )
        refusals = NAMED_IN_REFUSAL.findall(function)
        switch = f'ALTER TABLE "{table}" {{}} TRIGGER "{trigger.get_pgid(model)}"'
        yield InDatabase(
            f"trigger:{table}.{trigger.name}",
            table,
            trigger.__class__.__name__,
            (switch.format("DISABLE"),),
            (switch.format("ENABLE"),),
            frozenset(map(refused, refusals)) or frozenset({written(table)}),
        )
        if ROW_LOCK.search(function):
            yield _row_lock(table, str(trigger.name), function)


def _functions() -> Iterator[InDatabase]:
    """What triggers and actions share, where it locks, or writes under a condition."""
    found = _asked(
        "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE prokind = 'f'"
        " AND pronamespace = 'public'::regnamespace AND prorettype <> 'trigger'::regtype"
        " AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')"
    )
    for name, function in found:
        if ROW_LOCK.search(function):
            yield _row_lock("functions", name, function)
        updates = " ".join(UPDATE.findall(function))
        for number, text in enumerate(sql_conditions(updates), 1):
            without = function.replace(text, f"({text} OR TRUE)")
            place = f"sql:functions.{name}:{number}"
            yield InDatabase(place, "functions", text, (without,), (function,))


def _row_lock(table: str, name: str, function: str) -> InDatabase:
    return InDatabase(
        f"triggerlock:{table}.{name}",
        table,
        ", ".join(one[0] for one in ROW_LOCK.finditer(function)),
        (ROW_LOCK.sub("", function),),
        (function,),
        frozenset({written(table)}),
    )


# --- What tests come past --------------------------------------------------------------


def refused(constraint: str) -> str:
    return f"refused {constraint}"


def written(table: str) -> str:
    return f"written {table}"


def run_all(statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _asked(query: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
