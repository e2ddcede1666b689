"""What is told at an afternoon of the 4:30 school."""

from datetime import datetime, time

from after_school.queries import desk
from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.common.parts import Problem
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY
from tests.support.desks import shown_by


def at(hour: int, minute: int = 0) -> datetime:
    return moment(TODAY, time(hour, minute))


def told(kind: str, **of: object) -> list[Notice]:
    """Text messages of a kind that are on their way."""
    rows = Notice.objects.filter(kind=f"after_school.{kind}", channel="sms", status="queued", **of)
    return list(rows.order_by("pk"))


def on_the_desk(user: User, now: datetime) -> list[str]:
    return [row.text for row in desk_of(user, now) if row.tone == "brick"]


def desk_of(user: User, now: datetime) -> list[Problem]:
    """What the 4:30 school brings to the desk."""
    return shown_by(desk.PROBLEMS, user, now)
