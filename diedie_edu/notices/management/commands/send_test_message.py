"""A message to an account by each of its channels, or into a group chat, and what came back."""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions.robots import try_robot
from diedie_edu.notices.actions.trial import try_channels
from diedie_edu.notices.models import Robot
from diedie_edu.notices.queries.trial import GOOD, Tried, last_trial, last_trial_of

NOBODY_AT_WORK = "Nobody took it up: is a worker, or `manage.py run_outbox`, at work?"


class Command(BaseCommand):
    help = (
        "Sends a message to an account by each of its channels, or by a robot into its group chat, "
        "through the outbox, and says what came back. Ends with 1 where one did not go out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--to-account", default="", metavar="PHONE", help="of the account")
        whom.add_argument("--to-robot", default="", metavar="NAME", help="of the robot")
        parser.add_argument("--wait", type=float, default=30, help="seconds at most (30)")

    def handle(self, *, to_account: str, to_robot: str, wait: float, **options: object) -> None:
        look = _begun(lambda: _by_robot(to_robot) if to_robot else _to_account(to_account))
        found = _ended(look, wait)
        for one in found:
            self.stdout.write(_line(one))
        if any(one.is_open and not one.attempt for one in found):
            raise CommandError(NOBODY_AT_WORK)
        if not all(one.notice.status in GOOD for one in found):
            raise CommandError("Not everything went out.")


Look = Callable[[], list[Tried]]


def _begun(begin: Callable[[], Look]) -> Look:
    try:
        return begin()
    except Refused as refusal:
        raise CommandError(str(refusal)) from None


def _to_account(phone: str) -> Look:
    user = User.objects.filter(phone=phone, is_active=True).first()
    if user is None:
        raise CommandError("No account that may sign in has this phone.")
    try_channels(user=user, now=timezone.now())
    return partial(last_trial, user)


def _by_robot(name: str) -> Look:
    robot = Robot.objects.filter(name=name).first()
    if robot is None:
        raise CommandError("No robot has this name.")
    try_robot(robot=robot, by=None, now=timezone.now())
    return partial(last_trial_of, robot)


def _ended(look: Look, wait: float) -> list[Tried]:
    """As soon as nothing is under way any more."""
    until = time.monotonic() + wait
    found = look()
    while any(one.is_open for one in found) and time.monotonic() < until:
        time.sleep(0.2)
        found = look()
    return found


def _line(one: Tried) -> str:
    words = [str(one.notice.get_channel_display()), str(one.notice.get_status_display())]
    if one.attempt:
        told = (one.attempt.get_reason_display(), one.attempt.detail, one.attempt.gateway_id)
        words += [str(word) for word in (*told, one.meaning) if word]
    return " · ".join(words)
