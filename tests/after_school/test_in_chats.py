"""What staff's group chats hear of an afternoon: that something is the matter, never with whom."""

from datetime import time, timedelta

import pytest

from after_school.actions import missing, term_days
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Chat, Robot
from diedie_edu.notices.outbox.chats import letter_to
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.robots import make_robot

pytestmark = pytest.mark.django_db
LATE = moment(TODAY, time(16, 50))
SCHOOL = {"alerts": ["children", "called_off"], "programme": "after-school"}


@pytest.fixture
def robot(db: None) -> Robot:
    return make_robot(Chat.DINGTALK, NOW, **SCHOOL)


def said_by(robot: Robot) -> list[str]:
    return [letter_to(row).text for row in robot.notices.order_by("pk")]


def test_a_child_who_has_not_come(session, enrolment, robot):
    others = make_robot(Chat.WECOM, NOW, **SCHOOL | {"programme": "edu-base"})
    for late in (LATE, LATE + timedelta(seconds=30)):
        missing.plan_missing(late)
    page = f"http://127.0.0.1:8000/desk/school/sessions/{session.pk}/"
    assert said_by(robot) == [
        f"【叠二社区】四点半学校：有孩子该到没到，请当班的老师马上去看一下。 {page}"
    ]
    assert enrolment.child.full_name not in str(robot.notices.values("data"))
    assert said_by(others) == []


def test_an_afternoon_that_is_called_off(session, enrolment, robot, staff_user):
    term_days.call_off_session(session=session, reason="台风", by=staff_user, now=NOW)
    (text,) = said_by(robot)
    assert text.startswith("【叠二社区】四点半学校：")
    assert "停课" in text
    assert "台风" not in text
