"""After an update that compares names, phones or house numbers in another way."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from diedie_edu.common.resealing import rehash
from diedie_edu.people.actions.rekeying import rekey

SHOWN = 10


class Command(BaseCommand):
    help = (
        "Make every stored key of a name, a phone or a house number anew, and the hashes of such "
        "keys. `migrate` does so where any is of an older version. With --dry-run only count."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and write nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        for count in rekey(only_look=dry_run):
            line = f"{count.column}: {count.anew} {'of an older version' if dry_run else 'anew'}"
            if count.met:
                numbers = ", ".join(map(str, count.met[:SHOWN]))
                more = " …" if len(count.met) > SHOWN else ""
                line += f", {len(count.met)} that are now another row's (rows {numbers}{more})"
            self.stdout.write(line)
        for hashed in rehash(only_look=dry_run):
            self.stdout.write(f"{hashed.column}: {hashed.former} hashes")
