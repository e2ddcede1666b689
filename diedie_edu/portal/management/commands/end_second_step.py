from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diedie_edu.accounts.actions import second_factors
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_now
from diedie_edu.common.phones import masked


class Command(BaseCommand):
    help = "End the two-step sign-in of an account, where nobody is left who could on the site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phone")
        parser.add_argument("--reason", required=True, help="who asked, and how they were seen")

    def handle(self, *args: Any, phone: str, reason: str, **options: object) -> None:
        user = User.objects.filter(phone=phone, second_factor__isnull=False).first()
        if user is None:
            raise CommandError("No account of this phone has a second step.")
        second_factors.end_lost(user=user, by=None, reason=reason[:200], now=local_now())
        self.stdout.write(f"Ended for {masked(phone)}. It is set up anew at the next sign-in.")
