"""`migrate`, which compares with the models as our `makemigrations` does: Django asks for that. It
renders only what changes, and takes the time it needs. In the end keys that an older version made
are made anew, so that no page compares two sorts."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate
from pgtrigger.migrations import AddTrigger

from diedie_edu.keeping.actions.time_limits import lift_for_this_session
from diedie_edu.people.actions.rekeying import is_behind
from diedie_edu.portal import rendering
from diedie_edu.portal.management.commands.makemigrations import Autodetector

migrate.MigrationExecutor = rendering.Executor  # type: ignore[attr-defined]
AddTrigger.state_forwards = rendering.add_trigger  # type: ignore[assignment,method-assign]


class Command(migrate.Command):
    autodetector = Autodetector

    def handle(self, *args: Any, **options: Any) -> None:
        lift_for_this_session()
        super().handle(*args, **options)
        is_whole = not (options["app_label"] or options["plan"] or options["check_unapplied"])
        if is_whole and is_behind():
            call_command("rekey", stdout=self.stdout)
