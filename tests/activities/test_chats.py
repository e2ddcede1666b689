"""What staff's group chats hear of dates that are called off: each once, and nothing of drafts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diedie_edu.activities.actions.days import close_day
from diedie_edu.activities.actions.schedule import call_off
from diedie_edu.activities.models import Activity
from diedie_edu.notices.models import Chat, Notice, Robot
from diedie_edu.notices.outbox.chats import letter_to
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.occasions import make_occasion
from tests.support.robots import make_robot

pytestmark = pytest.mark.django_db
MakeLecture = Callable[..., Lecture]


def make(**fields: object) -> Robot:
    return make_robot(Chat.WECOM, NOW, alerts=["called_off"], **fields)


def said_by(robot: Robot) -> list[str]:
    return [letter_to(row).text for row in robot.notices.order_by("pk")]


def test_a_lecture_that_is_called_off(make_lecture: MakeLecture) -> None:
    everywhere, ours = make(), make(programme="residents-school")
    others = make(programme="happy-square")
    lecture = make_lecture(title="春季养生")
    call_off(activity=lecture, reason="台风", by=None, now=NOW)
    (text,) = said_by(everywhere)
    assert text.startswith("【叠二社区】取消：春季养生，11月28日")
    assert text.endswith(f" http://127.0.0.1:8000/activities/{lecture.pk}/")
    assert "台风" not in text, "what somebody typed"
    assert said_by(ours) == [text]
    assert said_by(others) == []


def test_a_day_that_is_closed_is_one_line_for_each_activity(make_lecture: MakeLecture) -> None:
    robot = make()
    twice, once = make_lecture(title="两场"), make_lecture(title="一场")
    again = twice.occasion
    times = (again.starts_at + timedelta(hours=5), again.ends_at + timedelta(hours=5))
    make_occasion(twice, again.venue, *times)
    close_day(day=SATURDAY, reason="台风", by=None, now=NOW)
    subjects = sorted(robot.notices.values_list("subject", flat=True))
    assert subjects == sorted(f"activity:{row.pk}" for row in (twice, once))


def test_nobody_hears_of_a_draft(make_lecture: MakeLecture) -> None:
    robot = make()
    for _ in range(2):
        make_lecture(state=Activity.State.DRAFT)
    call_off(activity=Activity.objects.earliest("pk"), reason="台风", by=None, now=NOW)
    close_day(day=SATURDAY, reason="台风", by=None, now=NOW)
    assert Activity.objects.filter(is_dropped=True).count() == 2
    assert not robot.notices.exists()


def test_one_date_and_three_cost_the_same(make_lecture: MakeLecture) -> None:
    make()
    counted = []
    for number, day in ((1, SATURDAY), (3, SATURDAY + timedelta(days=7))):
        for _ in range(number):
            make_lecture(day=day)
        with CaptureQueriesContext(connection) as queries:
            close_day(day=day, reason="台风", by=None, now=NOW)
        counted.append(len(queries))
    assert Notice.objects.filter(channel="robot").count() >= 4
    assert counted[0] == counted[1]
