"""Guardians until the 18th birthday, and the no of a second one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from edu_base.actions import guardians
from edu_base.actions.steps import lock_application, move
from edu_base.models import Application, Intake, State, Stop
from tests.conftest import NOW
from tests.edu_base.applying import born, url
from tests.support.education import make_application, make_person
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AsUser = Callable[[User], Client]
TODAY = NOW.date()
TURNS_18 = date(TODAY.year, 12, 20)
BORN = TURNS_18.replace(year=TODAY.year - 18)


@pytest.fixture
def row(intake: Intake, resident_user: User, stranger: User) -> Application:
    """Of a minor with an account; `stranger` is the guardian."""
    born(resident_user, BORN)
    people = {"person": resident_user.resident, "guardian": stranger.resident}
    return make_application(resident_user, intake, State.SUBMITTED, **people)


def heard(kind: str) -> set[str]:
    found = Notice.objects.filter(kind=f"edu_base.{kind}", channel="inbox")
    return {row.data["whom"] for row in found}


@pytest.mark.parametrize("leap", [False, True], ids=["20 December", "29 February"])
def test_guardian_sees_the_page_until_midnight(
    leap: bool, row: Application, resident_user: User, stranger: User, as_user: AsUser
) -> None:
    """Born on 29 February one turns on 1 March, so the guardian is there on the 28th."""
    ends = date(2026, 3, 1) if leap else TURNS_18
    born(resident_user, date(2008, 2, 29) if leap else BORN)
    client, page = as_user(stranger), url("own_application", row.pk)
    last = moment(ends) - timedelta(seconds=1)
    with time_machine.travel(last, tick=False):
        assert client.get(page).status_code == 200
    with time_machine.travel(moment(ends), tick=False):
        assert client.get(page).status_code == 404
        guardians.keep_guardian(application=row, stays=True)
        assert client.get(page).status_code == 200


def test_guardian_may_withdraw(row: Application, stranger: User, as_user: AsUser) -> None:
    as_user(stranger).post(url("withdraw", row.pk))
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert row.steps.get(number=row.last_step).acting == "guardian"
    assert heard("withdrawn") == {row.person.full_name, row.guardian.full_name}


def test_only_the_student_lets_the_guardian_stay(
    row: Application, resident_user: User, stranger: User, as_user: AsUser
) -> None:
    for user, stays in ((stranger, False), (resident_user, True)):
        as_user(user).post(url("guardian", row.pk), {"stays": "1"})
        row.refresh_from_db()
        assert row.guardian_stays is stays


def test_both_hear_a_month_before_and_once(row: Application) -> None:
    before = moment(TURNS_18 - timedelta(days=31))
    assert guardians.plan_18th_birthdays(before) == 0
    for _tick in range(2):
        guardians.plan_18th_birthdays(before + timedelta(days=1))
    names = {row.person.full_name, row.guardian.full_name}
    assert heard("turns_18") == names
    assert Notice.objects.filter(kind="edu_base.turns_18", channel="inbox").count() == 2


def test_nobody_hears_where_the_guardian_stays_or_it_has_ended(
    row: Application, resident_user: User
) -> None:
    guardians.keep_guardian(application=row, stays=True)
    people = {"person": make_person(born=BORN), "guardian": make_person()}
    make_application(resident_user, row.intake, State.REFUSED, **people)
    assert guardians.plan_18th_birthdays(moment(TURNS_18 - timedelta(days=9))) == 0


def test_a_minor_without_a_phone_hears_through_the_guardian(
    intake: Intake, staff_user: User
) -> None:
    people = {"person": make_person(born=BORN), "guardian": make_person()}
    row = make_application(staff_user, intake, State.SUBMITTED, **people)
    guardians.stop(application=row, said_by="外婆", reason="不同意", by=staff_user, now=NOW)
    assert heard("stopped") == {people["guardian"].full_name}


# --- A second guardian's no ------------------------------------------------------------


def go_on(row: Application, by: User) -> None:
    with transaction.atomic():
        move(application=lock_application(row.pk), to=State.ELIGIBLE, by=by, now=NOW)


def test_a_second_guardians_no_stops_the_case_until_it_is_settled(
    row: Application, staff_user: User, as_user: AsUser
) -> None:
    client = as_user(staff_user)
    page = url("stop", row.pk)
    assert client.get(page).status_code == 200
    client.post(page, {"said_by": "父亲", "reason": "想让孩子先复读"})
    assert code_of(lambda: go_on(row, staff_user)) == "stopped"
    assert heard("stopped") == {row.person.full_name, row.guardian.full_name}
    assert "想让孩子先复读" in client.get(page).content.decode()
    client.post(page, {"settlement": "双方面谈后同意"})
    go_on(row, staff_user)
    stop = Stop.objects.get()
    assert (stop.settled_by, stop.settlement) == (staff_user, "双方面谈后同意")
    assert heard("settled") == {row.person.full_name, row.guardian.full_name}


def test_what_is_stopped_can_still_be_withdrawn(
    row: Application, resident_user: User, staff_user: User, as_user: AsUser
) -> None:
    guardians.stop(application=row, said_by="父亲", reason="不同意", by=staff_user, now=NOW)
    as_user(resident_user).post(url("withdraw", row.pk))
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN


def test_only_a_minors_case_is_stopped_and_once(
    row: Application, intake: Intake, staff_user: User
) -> None:
    def stop(application: Application, now: datetime = NOW) -> str | None:
        about = {"said_by": "父亲", "reason": "不同意", "by": staff_user, "now": now}
        return code_of(lambda: guardians.stop(application=application, **about))

    assert stop(row) is None
    assert stop(row) == "already_stopped"
    assert stop(make_application(staff_user, intake, State.SUBMITTED)) == "of_age"
    minor = make_person(born=BORN)
    assert stop(make_application(staff_user, intake, State.WITHDRAWN, person=minor)) == "too_late"
    settle = {"settlement": "–", "by": staff_user, "now": NOW}
    other = make_application(staff_user, intake, State.SUBMITTED)
    assert code_of(lambda: guardians.settle(application=other, **settle)) == "not_stopped"
