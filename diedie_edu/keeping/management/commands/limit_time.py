"""Limits of time for whatever the portal asks of the database."""

from typing import Any

from django.core.management.base import BaseCommand

from diedie_edu.keeping.actions.time_limits import set_limits


class Command(BaseCommand):
    help = (
        "Write how long a statement may take, wait for a lock, and how long a transaction may do "
        "nothing, to the portal's role in its database. "
        "把数据库语句的时限写在门户的数据库角色上（连接池不接受别的办法）。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for name, seconds in set_limits().items():
            self.stdout.write(f"{name}: {seconds} s, for connections opened from now on")
