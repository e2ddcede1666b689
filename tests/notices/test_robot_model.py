"""What must never be false of a robot, and of what it is to say."""

from datetime import datetime

import pytest
from django.db import IntegrityError, connection

from diedie_edu.notices.models import Chat, Notice, Robot
from tests.support.robots import make_robot

pytestmark = pytest.mark.django_db
BROKEN = [
    ("robot_chat_is_known", {"chat": "icq"}),
    ("robot_has_name_and_address", {"name": ""}),
    ("robot_has_name_and_address", {"address": ""}),
    ("robot_signs_where_that_is_known", {"chat": Chat.WECOM, "secret": "SEC1"}),
]


@pytest.mark.parametrize(("constraint", "fields"), BROKEN)
def test_the_database_refuses_what_no_robot_can_be(
    now: datetime, constraint: str, fields: dict
) -> None:
    robot = make_robot(Chat.DINGTALK, now)
    for name, value in fields.items():
        setattr(robot, name, value)
    with pytest.raises(IntegrityError, match=constraint):
        robot.save()


def test_one_name_is_one_robot(now: datetime) -> None:
    make_robot(Chat.DINGTALK, now, name="四点半工作群")
    with pytest.raises(IntegrityError, match="name"):
        make_robot(Chat.FEISHU, now, name="四点半工作群")


def test_who_reads_the_table_cannot_speak_as_the_robot(now: datetime) -> None:
    robot = make_robot(Chat.DINGTALK, now, secret="SEC000111")
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, secret FROM notices_robot")
        stored = " ".join(cursor.fetchone())
    assert "dingtoken" not in stored
    assert "SEC000111" not in stored
    read = Robot.objects.get()
    assert (read.address, read.secret) == (robot.address, "SEC000111")
    assert read.shown_address == "oapi.dingtalk.com … 77aa"


def queued(now: datetime, **fields: object) -> Notice:
    given = {"dedupe_key": "k", "kind": "tests.x", "subject": "x:1", "channel": "robot"}
    given |= {"created_at": now, "next_try_at": now}
    return Notice.objects.create(**given | fields)


@pytest.mark.parametrize("wrong", [{"robot": None}, {"channel": "sms"}, {"address": "13800138000"}])
def test_what_a_robot_says_is_for_nobody_else(now: datetime, wrong: dict) -> None:
    robot = make_robot(Chat.WECOM, now)
    assert queued(now, robot=robot).addressee is None
    with pytest.raises(IntegrityError, match="notice_has_one_addressee"):
        queued(now, **{"dedupe_key": "l", "robot": robot} | wrong)
