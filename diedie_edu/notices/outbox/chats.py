"""What a robot says in a group chat: what is due at once in one text, and twenty texts a minute.

More than that its maker refuses, and DingTalk hears nothing for ten minutes then.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext

from diedie_edu.common.manifests import parts_by
from diedie_edu.notices.channels import robot_protocols
from diedie_edu.notices.channels.outcome import Letter
from diedie_edu.notices.kinds import Kind, render, signed
from diedie_edu.notices.messages import TRIAL
from diedie_edu.notices.models import Attempt, Notice, Robot, Status

A_MINUTE, TEXTS = timedelta(minutes=1), 20
DESK = "/desk/"


def still_speaks(notice: Notice) -> bool:
    """Whether the robot is as `notice` has it. Its row is locked, so that two processes at once do
    not count the same texts, and whoever switches it off finds the call begun, or none."""
    was = notice.robot
    assert was is not None
    now_is = Robot.objects.select_for_update(no_key=True).get(pk=was.pk)
    return now_is.is_on and (now_is.address, now_is.secret) == (was.address, was.secret)


def again_from(notice: Notice, now: datetime) -> datetime | None:
    """When its robot may say the next text; None where that is now."""
    own = Attempt.objects.filter(notice__robot=notice.robot_id)
    last = own.filter(started_at__gt=now - A_MINUTE, started_at__lte=now).order_by("-started_at")
    times = list(last.values_list("started_at", flat=True)[:TEXTS])
    return times[-1] + A_MINUTE if len(times) == TEXTS else None


def take_along(notice: Notice, lease: UUID, now: datetime) -> None:
    """What else this robot is about to say goes with `notice`; a trial goes alone. In the
    transaction of the start."""
    if notice.kind != TRIAL.code:
        rows = Notice.objects.filter(pk__in=_due_beside(notice, lease, now))
        rows.update(
            status=Status.SUPPRESSED, lease=None, lease_until=None, settled_at=now, told_with=notice
        )


def _due_beside(notice: Notice, lease: UUID, now: datetime) -> list[int]:
    """In the batch of this lease, or taken up by nobody."""
    due = Q(status=Status.QUEUED, next_try_at__lte=now) | Q(status=Status.CLAIMED, lease=lease)
    rows = Notice.objects.filter(due, robot=notice.robot_id).exclude(pk=notice.pk)
    rows = rows.exclude(kind=TRIAL.code).exclude(expires_at__lte=now).order_by("pk")
    return list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))


def letter_to(notice: Notice) -> Letter:
    """What was taken along stands below, as much of it as there is room for; what is urgent first.
    The name of the community is in every text: robots may ask for a keyword."""
    robot = notice.robot
    assert robot is not None
    limit = robot_protocols.of(robot).limit
    rows = [notice, *sorted(notice.also_tells.all(), key=_urgency)]
    with translation.override(robot.language):
        lines = list(dict.fromkeys(_line(row, robot.language) for row in rows))
        text = robot_protocols.cut(_fitted(lines, limit), limit)
    return Letter(str(notice.reference), robot.address, lines[0], text, robot=robot)


def _urgency(row: Notice) -> tuple[bool, int]:
    kind = parts_by(Kind, "code").get(row.kind)
    return not (kind and kind.urgent), row.pk


def _line(row: Notice, language: str) -> str:
    said = render(row, language)
    return f"{said.title} {settings.PORTAL_URL}{said.path}"


def _fitted(lines: list[str], limit: int) -> str:
    """As many lines as fit, and how many more there are."""
    for shown in range(len(lines), 1, -1):
        text = _text(lines, shown)
        if len(text.encode()) <= limit:
            return text
    return _text(lines, 1)


def _text(lines: list[str], shown: int) -> str:
    parts = [signed(lines[0]), *lines[1:shown]]
    if more := len(lines) - shown:
        words = gettext("… and {number} more, on the desk: {desk}")
        parts.append(words.format(number=more, desk=f"{settings.PORTAL_URL}{DESK}"))
    return "\n".join(parts)
