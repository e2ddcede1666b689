"""Where the outbox or the back-ups are in trouble staff hear it, and not too often."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.keeping.models import Run
from diedie_edu.keeping.queries.upkeep import NIGHTLY
from diedie_edu.notices.actions.watching import WATCHED, plan_watch
from diedie_edu.notices.models import Attempt, Chat, Notice
from diedie_edu.notices.outbox import rounds
from diedie_edu.notices.queries import desk
from diedie_edu.people.models import Resident
from tests.support.robots import make_robot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Make = Callable[..., Notice]
CODES = {kind.code for kind, *_rest in WATCHED}


@pytest.fixture(autouse=True)
def _staff(staff_user: User) -> None:
    Resident.objects.filter(account=staff_user).update(email="a@example.org", wants_email=True)


def told() -> dict[str, int]:
    """How many hear in the portal, by kind."""
    codes = Notice.objects.filter(kind__in=CODES, channel="inbox").values_list("kind", flat=True)
    return {code.removeprefix("notices."): list(codes).count(code) for code in codes}


def called(notice: Notice, at: datetime, *reasons: str) -> None:
    for reason in reasons:
        number = notice.attempts.count() + 1
        about = {"notice": notice, "number": number, "lease": uuid4(), "started_at": at}
        Attempt.objects.create(**about, reason=reason)


def test_where_all_is_well_nobody_hears(make_notice: Make, now: datetime) -> None:
    called(make_notice(), now, "accepted", "no_connection", "not_taken")
    make_notice(next_try_at=now - timedelta(minutes=9))
    assert (plan_watch(now), told()) == (0, {})


def test_messages_that_stand_still(make_notice: Make, staff_user: User, now: datetime) -> None:
    make_notice(next_try_at=now - timedelta(minutes=10))
    plan_watch(now)
    assert told() == {"stands_still": 1}
    ways = Notice.objects.filter(kind="notices.stands_still").values_list("channel", flat=True)
    assert sorted(ways) == ["email", "inbox"], "a text message would stand still too"
    (problem,) = desk.stands_still(staff_user, now)
    assert "等了十分钟" in str(problem.text)
    Notice.objects.all().delete()
    assert list(desk.stands_still(staff_user, now)) == []


@pytest.mark.parametrize(
    ("reasons", "is_ailing"),
    [
        (["no_connection"] * 3, True),
        (["not_taken", "no_answer", "settings"], True),
        (["no_connection"] * 2, False),
        (["no_connection"] * 9 + ["accepted"], False),
        (["accepted"] + ["no_connection"] * 3, False),
        (["no_connection"] * 3 + ["refused"], False),
        (["no_template"] * 3, False),
    ],
)
def test_a_gateway_that_takes_nothing(
    make_notice: Make, now: datetime, reasons: list[str], is_ailing: bool
) -> None:
    called(make_notice(), now - timedelta(minutes=20), *reasons)
    plan_watch(now)
    assert ("gateway_ails" in told()) == is_ailing


def test_what_failed_long_ago_or_elsewhere_is_no_news(make_notice: Make, now: datetime) -> None:
    called(make_notice(), now - timedelta(minutes=31), *["no_connection"] * 3)
    called(make_notice(channel="email"), now, *["no_connection"] * 3)
    assert plan_watch(now) == 0


def test_a_text_without_an_approved_template(make_notice: Make, now: datetime) -> None:
    called(make_notice(), now - timedelta(minutes=5), "no_template")
    plan_watch(now)
    assert told() == {"unapproved": 1}


@pytest.mark.parametrize(
    ("fields", "is_missing"),
    [
        ({"ran_at": timedelta(hours=27)}, True),
        ({"ran_at": timedelta(hours=25)}, False),
        ({"ran_at": timedelta(hours=1), "failed_at": timedelta(minutes=1)}, True),
        (None, False),
    ],
)
def test_a_back_up_that_is_missing(
    settings: Settings, now: datetime, fields: dict | None, is_missing: bool
) -> None:
    settings.BACKUP_FOLDER = "/somewhere"
    if fields is not None:
        Run.objects.create(name=NIGHTLY, **{name: now - ago for name, ago in fields.items()})
    plan_watch(now)
    assert told() == ({"no_back_up": 1} if is_missing else {})


def test_without_back_ups_of_its_own_nothing_is_missed(settings: Settings, now: datetime) -> None:
    settings.BACKUP_FOLDER = ""
    Run.objects.create(name=NIGHTLY, ran_at=now - timedelta(days=9))
    assert plan_watch(now) == 0


def test_it_is_said_again_after_a_quarter_of_a_day(make_notice: Make, now: datetime) -> None:
    """At ten, at a quarter to twelve, at noon; back-ups and templates once a day."""
    stuck = make_notice(next_try_at=now - timedelta(hours=1))
    counted = []
    for minutes in (0, 1, 105, 120, 121):
        plan_watch(now + timedelta(minutes=minutes))
        counted.append(told()["stands_still"])
    assert counted == [1, 1, 1, 2, 2]
    called(stuck, now, "no_template")
    called(stuck, now + timedelta(hours=5), "no_template")
    for hours in (0, 5):
        plan_watch(now + timedelta(hours=hours, minutes=1))
    assert told()["unapproved"] == 1


def test_group_chats_hear_it_by_the_tick(make_notice: Make, now: datetime) -> None:
    robot = make_robot(Chat.WECOM, now, alerts=["portal"])
    make_notice(next_try_at=now - timedelta(hours=1), status="cancelled", settled_at=now)
    rounds.tick()
    assert not robot.notices.exists()
    make_notice(channel="email", next_try_at=now - timedelta(hours=1))
    rounds.tick()
    assert robot.notices.get().kind == "notices.stands_still"
