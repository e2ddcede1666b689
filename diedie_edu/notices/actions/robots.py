"""Keeping the robots of group chats, and trying them out."""

from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.notices.actions.chats import message_to, queue
from diedie_edu.notices.actions.trial import check_may_try
from diedie_edu.notices.messages import TRIAL
from diedie_edu.notices.models import Robot
from diedie_edu.notices.rules.ways import check_robot, check_robot_is_on


@transaction.atomic
def keep(*, robot: Robot, by: User, now: datetime) -> Robot:
    """Save it as it was entered. Raises `Refused` where its address is none of such a robot's
    (`not_a_robot`) or its maker knows no signing (`no_signing`)."""
    check_robot(robot)
    if robot.pk is None:
        robot.created_at, robot.created_by = now, by
    robot.save()
    trail.note(trail.Kind.ROBOT, by=by.pk, what=f"robot {robot.pk}", now=now)
    return robot


@transaction.atomic
def switch(*, robot: Robot, is_on: bool, by: User, now: datetime) -> None:
    """From now on it says alerts, or none. Twice is harmless."""
    if Robot.objects.filter(pk=robot.pk, is_on=not is_on).update(is_on=is_on):
        what = f"robot {robot.pk} {'on' if is_on else 'off'}"
        trail.note(trail.Kind.ROBOT, by=by.pk, what=what, now=now)


@transaction.atomic
def try_robot(*, robot: Robot, by: User | None, now: datetime) -> None:
    """It says that somebody tries it, through the outbox; `by` is None for whoever is at the
    server. Raises `Refused` (`robot_is_off`, `too_many_trials`)."""
    check_robot_is_on(robot)
    if by is not None:
        check_may_try(by, now)
    message = message_to(
        robot,
        kind=TRIAL,
        subject=f"robot:{robot.pk}",
        revision=now.isoformat(),
        data={"sent_at": now.isoformat()},
        now=now,
    )
    queue([message])
