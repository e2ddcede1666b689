"""A message to an account by each of its channels, and what came back."""

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions.trial import try_channels
from diedie_edu.notices.queries.trial import GOOD, Tried, last_trial

NOBODY_AT_WORK = "Nobody took it up: is a worker, or `manage.py run_outbox`, at work?"


class Command(BaseCommand):
    help = (
        "Sends a message to an account by each of its channels, through the outbox, and says what "
        "came back. Ends with 1 where one did not go out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to-account", required=True, metavar="PHONE", help="of the account")
        parser.add_argument("--wait", type=float, default=30, help="seconds at most (30)")

    def handle(self, *, to_account: str, wait: float, **options: object) -> None:
        user = User.objects.filter(phone=to_account, is_active=True).first()
        if user is None:
            raise CommandError("No account that may sign in has this phone.")
        try:
            try_channels(user=user, now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        found = _ended(user, wait)
        for one in found:
            self.stdout.write(_line(one))
        if any(one.is_open and not one.attempt for one in found):
            raise CommandError(NOBODY_AT_WORK)
        if not all(one.notice.status in GOOD for one in found):
            raise CommandError("Not everything went out.")


def _ended(user: User, wait: float) -> list[Tried]:
    """As soon as nothing is under way any more."""
    until = time.monotonic() + wait
    found = last_trial(user)
    while any(one.is_open for one in found) and time.monotonic() < until:
        time.sleep(0.2)
        found = last_trial(user)
    return found


def _line(one: Tried) -> str:
    words = [str(one.notice.get_channel_display()), str(one.notice.get_status_display())]
    if one.attempt:
        told = (one.attempt.get_reason_display(), one.attempt.detail, one.attempt.gateway_id)
        words += [str(word) for word in (*told, one.meaning) if word]
    return " · ".join(words)
