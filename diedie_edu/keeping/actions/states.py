"""Which tables a back-up needs, and whether this database can take it.

Either it has been brought up by the very migrations of the back-up, or it is empty and is given
those first; what this code has more comes after the rows.
"""

from collections.abc import Collection

from django.apps import apps
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.references import Lasting
from diedie_edu.keeping.actions import tables

Migration = tuple[str, str]


def holds_people() -> bool:
    """Whether anybody stands in this database: an account, or a person."""
    lasting = (model for model in apps.get_models() if issubclass(model, Lasting))
    names = {model._meta.db_table for model in lasting if not model._meta.proxy}
    return any(tables.is_there(name) and tables.has_rows(name) for name in names)


def check_is_known(needed: Collection[Migration]) -> None:
    """Raises `Refused` (`newer`) for a back-up whose migrations this code does not have."""
    loader = MigrationLoader(connection)
    if set(needed) - set(loader.disk_migrations):
        raise Refused(
            "newer",
            _("Another version of the portal made this back-up. Restore it with that version."),
        )


def check_can_take(needed: Collection[Migration]) -> None:
    """Raises `Refused` (`other_tables`) where this database went further, or another way."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    if applied and applied != set(needed):
        raise Refused(
            "other_tables",
            _(
                "The tables of this database are of another version than the back-up. Give the "
                "portal an empty database (docs/operate.md) and restore into that one."
            ),
        )


def bring_up(needed: Collection[Migration]) -> None:
    """Give an empty database the tables that the back-up was made of."""
    if MigrationRecorder(connection).applied_migrations():
        return
    # The executor is the one that our own command of this name puts there (docs/adr/0059).
    load_command_class(get_commands()["migrate"], "migrate")
    migrate.MigrationExecutor(connection).migrate(_last(needed))  # type: ignore[attr-defined]


def bring_forward() -> None:
    """The migrations of this code that are newer, now over the rows, and what follows each."""
    call_command("migrate", interactive=False, verbosity=0)


def _last(needed: Collection[Migration]) -> list[Migration]:
    """Of each app the migrations that no other one of it follows."""
    graph, known = MigrationLoader(connection).graph, set(needed)
    followed = {
        parent.key
        for key in known
        for parent in graph.node_map[key].parents
        if parent.key[0] == key[0]
    }
    return sorted(known - followed)
