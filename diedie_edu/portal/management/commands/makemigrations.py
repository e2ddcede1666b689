"""`makemigrations`, whose new tables come with their constraints and indexes.

Django writes each of those as an operation of its own and, after each, renders every model anew
that hangs on the table: that was half the time it took to set up an empty database.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation

OPTIONS: dict[type[Operation], tuple[str, str]] = {
    AddConstraint: ("constraints", "constraint"),
    AddIndex: ("indexes", "index"),
}


def whole_tables(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations, without those that say what a table made here may have from the start:
    all that names no field which is added to it later."""
    rows = list(operations)
    made = {row.name_lower: row for row in rows if isinstance(row, CreateModel)}
    later = defaultdict(list)
    for row in rows:
        if isinstance(row, AddField):
            later[row.model_name_lower].append(row.name)
    return [row for row in rows if not _is_taken_in(row, made, later)]


def _is_taken_in(row: Any, made: dict[str, CreateModel], later: dict[str, list[str]]) -> bool:
    if type(row) not in OPTIONS or row.model_name_lower not in made:
        return False
    option, name = OPTIONS[type(row)]
    told = getattr(row, name)
    words = repr(told.deconstruct())
    if any(field in words for field in later[row.model_name_lower]):
        return False
    options = made[row.model_name_lower].options
    options[option] = [*options.get(option, []), told]
    return True


class Autodetector(makemigrations.Command.autodetector):  # type: ignore[misc, valid-type]
    def _optimize_migrations(self) -> None:
        super()._optimize_migrations()
        for migrations in self.migrations.values():
            for migration in migrations:
                migration.operations = whole_tables(migration.operations)


class Command(makemigrations.Command):
    autodetector = Autodetector
