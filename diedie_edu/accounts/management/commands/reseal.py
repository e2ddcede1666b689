"""Before a former key goes: nothing may be left that only it opens."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diedie_edu.accounts.actions import trail
from diedie_edu.common.days import local_now
from diedie_edu.common.resealing import Count, reseal, what_ends

SHOWN = 10


class Command(BaseCommand):
    help = (
        "Write every sealed text and stored keyed hash anew under the first of FIELD_KEYS and the "
        "present SECRET_KEY. The portal may go on running. With --dry-run only count."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and write nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        former = unreadable = 0
        try:
            for count in reseal(only_look=dry_run):
                former += count.former
                unreadable += len(count.unreadable)
                self._say(count, "under former keys" if dry_run else "written anew")
        finally:  # also of a run that was stopped in the middle
            if not dry_run:
                trail.note(trail.Kind.KEYS, what=f"anew {former}", now=local_now())
        self.stdout.write(f"in all: {former} {'under former keys' if dry_run else 'written anew'}")
        self.stdout.write(f"with a former SECRET_KEY ends: {'; '.join(what_ends())}")
        if unreadable:
            raise CommandError(
                f"{unreadable} cannot be written anew: put the key they were made with behind "
                "the newest one in FIELD_KEYS, and run this again."
            )

    def _say(self, count: Count, what: str) -> None:
        line = f"{count.column}: {count.newest} under the newest keys, {count.former} {what}"
        if count.ending:
            line += f", {count.ending} that end with their key"
        if count.unreadable:
            rows = ", ".join(map(str, count.unreadable[:SHOWN]))
            more = " …" if len(count.unreadable) > SHOWN else ""
            line += f", {len(count.unreadable)} that nothing opens (rows {rows}{more})"
        self.stdout.write(line)
