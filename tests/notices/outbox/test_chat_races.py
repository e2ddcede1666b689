"""Several processes with messages of one robot: twenty texts a minute all the same; each guard with
a control that fails without it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import uuid4

import pytest

from after_school.messages import CHILD, MISSING_FOR_STAFF
from diedie_edu.accounts.models import User
from diedie_edu.notices.actions import notify
from diedie_edu.notices.actions.robots import switch
from diedie_edu.notices.models import Attempt, Channel, Chat, Notice, Robot
from diedie_edu.notices.outbox import chats, steps
from diedie_edu.notices.queries.addresses import with_address
from tests.notices.conftest import FACTS
from tests.support.races import all_look_first, right_after, together
from tests.support.robots import make_robot

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
SAID, AT_ONCE = 17, 8  # so that three of eight may still be said


@pytest.fixture
def robot(now: datetime) -> Robot:
    robot = make_robot(Chat.WECOM, now, alerts=["children"])
    first = claimed(now, 0)()
    for number in range(2, SAID + 1):
        Attempt.objects.create(notice=first.notice, number=number, started_at=now, lease=uuid4())
    return robot


def claimed(now: datetime, number: int) -> Callable[[], Attempt | None]:
    """One more message, claimed by a process of its own: what starts it."""
    notify(kind=MISSING_FOR_STAFF, subject=CHILD.of(number), data=FACTS, now=now)
    batch = steps.claim(Channel.ROBOT, 1, now)
    notice = with_address(Notice.objects.filter(pk__in=batch.ids)).get()
    return partial(steps.start, notice, batch.lease, now)


def started(calls: list[Callable[[], Attempt | None]]) -> int:
    return len([attempt for attempt in together(*calls) if attempt])


def test_of_eight_processes_three_say_something_and_the_rest_wait(
    robot: Robot, now: datetime
) -> None:
    assert started([claimed(now, number + 1) for number in range(AT_ONCE)]) == 3
    waiting = robot.notices.filter(status="queued")
    assert waiting.count() == AT_ONCE - 3
    assert {row.tries for row in waiting} == {0}


def test_control_without_the_lock_more_do(
    robot: Robot, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chats, "still_speaks", lambda _notice: True)
    all_look_first(monkeypatch, chats, "again_from", threads=AT_ONCE)
    assert started([claimed(now, number + 1) for number in range(AT_ONCE)]) > 3


def test_whoever_switches_it_off_finds_the_call_begun_or_none(
    robot: Robot, staff_user: User, now: datetime
) -> None:
    """The start waits for the switch, and then says nothing."""
    start = claimed(now, 1)
    before = Attempt.objects.count()
    off = partial(switch, robot=robot, is_on=False, by=staff_user, now=now)
    assert right_after(off, start) is None
    assert Attempt.objects.count() == before
    assert robot.notices.get(subject=CHILD.of(1)).status == "queued"
