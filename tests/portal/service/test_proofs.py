"""Proofs of hours: what they say, that they are public first, and that none can be guessed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.conf import LazySettings
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from diedie_edu.portal.certificates import actions
from diedie_edu.portal.certificates.actions import revoke_certificate
from diedie_edu.portal.learning.actions import issue_certificate
from diedie_edu.portal.service.actions import issue_proof
from diedie_edu.volunteering.models import Certificate
from tests.conftest import NOW, SATURDAY
from tests.portal.conftest import Learn
from tests.portal.service.conftest import Serve
from tests.support.counting import queries_of
from tests.support.races import all_look_first, together
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PERIOD = {"first_day": date(2026, 1, 1), "last_day": date(2026, 11, 23)}
LAST_PUBLIC_DAY = date(2026, 11, 30)
PAGE, LIST = "/me/hours/", "/hours/"


@pytest.fixture
def helper(serve: Serve, make_resident: Callable[..., Resident]) -> Resident:
    """Two lectures this year, one the year before, and one that nobody has confirmed."""
    person = make_resident(full_name="秦谷雨", phone="13800138000")
    for day in (date(2026, 3, 7), date(2026, 11, 7), date(2025, 11, 8)):
        serve(person, day)
    serve(person, date(2026, 11, 14), minutes=None)
    return person


def prove(person: Resident, by: User | None = None, **period: date) -> Certificate:
    return issue_proof(resident=person, by=by, now=NOW, **(PERIOD | period))


def shown(client: Client, number: str) -> str:
    return client.get(reverse("portal:certificate_check", args=[number])).text


# --- Issuing ---------------------------------------------------------------------------


def test_a_proof_says_what_is_confirmed_and_nothing_else(helper: Resident) -> None:
    proof = prove(helper)
    assert (proof.minutes, proof.occasions, proof.topics) == (180, 2, ["居民学校：主讲人"])
    assert (proof.full_name, proof.public_until) == ("秦谷雨", LAST_PUBLIC_DAY)
    assert re.fullmatch(r"DDF-2026-000001-[2-9A-HJ-NP-Z]{6}", proof.number)


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ({"last_day": date(2025, 12, 31)}, "backwards"),
        ({"last_day": SATURDAY}, "ahead"),
        ({"first_day": date(2026, 11, 10)}, "nothing"),  # served, not confirmed
    ],
)
def test_what_cannot_be_proved(period: dict, code: str, helper: Resident) -> None:
    assert code_of(lambda: prove(helper, **period)) == code
    assert not Certificate.objects.exists()


def test_asking_again_gives_the_same_paper_and_starts_no_new_days(helper: Resident) -> None:
    first = prove(helper)
    later = NOW + timedelta(days=3)
    again = issue_proof(resident=helper, by=None, now=later, **PERIOD)
    assert (again, again.public_until) == (first, LAST_PUBLIC_DAY)


@pytest.mark.parametrize(("setting", "days"), [(14, 14), (3, 7)])
def test_the_days_are_a_setting_and_seven_at_least(
    helper: Resident, settings: LazySettings, setting: int, days: int
) -> None:
    settings.PROOF_PUBLIC_DAYS = setting
    assert prove(helper).public_until == NOW.date() + timedelta(days=days)


@pytest.mark.django_db(transaction=True)
def test_at_once_both_kinds_are_numbered_without_a_gap(helper: Resident, learn: Learn) -> None:
    learn(helper)
    days = [date(2026, 1, day) for day in range(1, 5)]
    issue = partial(issue_certificate, resident=helper, by=None, now=NOW, last_day=NOW.date())
    together(
        *[partial(prove, helper, first_day=day) for day in days],
        *[partial(issue, first_day=day) for day in days],
    )
    rows = Certificate.objects.order_by("serial").values_list("serial", "number")
    assert [serial for serial, _number in rows] == list(range(1, 9))
    assert sorted(number[:3] for _serial, number in rows) == ["DDF"] * 4 + ["DDX"] * 4


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_both_kinds_take_one_number(
    helper: Resident, learn: Learn, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(helper)
    monkeypatch.setattr(actions, "_lock_numbers", lambda: None)
    all_look_first(monkeypatch, actions, "_next_number", threads=2)
    issue = partial(issue_certificate, resident=helper, by=None, now=NOW, **PERIOD)
    with pytest.raises(IntegrityError, match="certificate_serial_once"):
        together(partial(prove, helper), issue)


# --- Checking --------------------------------------------------------------------------


def test_a_proof_holds_from_the_day_after_the_list(helper: Resident, client: Client) -> None:
    number = prove(helper).number
    last_minute = NOW.replace(day=30, hour=23, minute=59)
    next_day = NOW.replace(month=12, day=1, hour=0)
    for when, is_public in ((NOW, True), (last_minute, True), (next_day, False)):
        with time_machine.travel(when, tick=False):
            said = shown(client, number)
        assert ("还没有生效" in said) == is_public
        assert ("有效" in said) != is_public
        assert "秦*雨" in said
        assert "秦谷雨" not in said


def test_a_revoked_proof_is_not_valid_and_gone_from_the_list(
    helper: Resident, client: Client, staff_user: User
) -> None:
    proof = prove(helper)
    assert proof.short_number in client.get(LIST).text
    revoke_certificate(certificate=proof, reason="时长有误", by=staff_user, now=NOW)
    assert "本证明已撤销" in shown(client, proof.number)
    assert proof.short_number not in client.get(LIST).text


def test_numbers_of_both_kinds_cannot_be_tried_out(
    helper: Resident, client: Client, settings: LazySettings
) -> None:
    settings.CERTIFICATE_MISSES = 4
    proof = prove(helper)
    for forged in ("DDF-2026-000001-K7M4PQ", "DDX-2026-000001-K7M4PQ", proof.short_number, "x"):
        assert client.get(f"/certificates/{forged}/").status_code == 404
    assert client.get(f"/certificates/{proof.number}/").status_code == 429


# --- The public list -------------------------------------------------------------------


def test_the_list_says_what_was_done_and_nobodys_name_or_phone(
    helper: Resident, client: Client
) -> None:
    proof = prove(helper)
    said = client.get(LIST).text
    assert all(word in said for word in ("秦**", "居民学校：主讲", "3 小时", "DDF-2026-000001"))
    assert all(word not in said for word in ("秦谷雨", "谷", "13800138000", "8000", proof.number))


def test_the_list_holds_proofs_in_their_days_alone(
    helper: Resident, learn: Learn, client: Client
) -> None:
    assert "现在没有正在公示的证明" in client.get(LIST).text
    learn(helper)
    issue_certificate(resident=helper, by=None, now=NOW, **PERIOD)
    proof = prove(helper)
    for when, is_shown in ((NOW.replace(day=30), True), (NOW.replace(month=12, day=1), False)):
        with time_machine.travel(when, tick=False):
            said = client.get(LIST).text
        assert (proof.short_number in said) == is_shown
        assert "DDX" not in said


def test_the_list_costs_the_same_with_more(helper: Resident, client: Client) -> None:
    prove(helper)
    for_one = queries_of(client, LIST)
    for day in (2, 3):
        prove(helper, first_day=date(2026, 1, day))
    assert queries_of(client, LIST) == for_one


# --- One's own hours -------------------------------------------------------------------


def test_a_volunteer_makes_and_prints_their_own(
    serve: Serve, resident_user: User, stranger: User, as_user: Callable[[User], Client]
) -> None:
    serve(resident_user.resident)
    paper = as_user(resident_user).post(PAGE, PERIOD, follow=True).text
    proof = Certificate.objects.get()
    assert proof.number in paper
    assert "还没有生效" in paper
    assert (proof.resident, proof.issued_by) == (resident_user.resident, resident_user)
    page = reverse("portal:certificate", args=[proof.pk])
    assert as_user(stranger).get(page).status_code == 404


def test_a_period_without_confirmed_hours_is_said_in_the_form(
    serve: Serve, resident_user: User, as_user: Callable[[User], Client]
) -> None:
    serve(resident_user.resident)
    days = {"first_day": "2026-11-20", "last_day": "2026-11-23"}
    said = as_user(resident_user).post(PAGE, days).text
    assert "这段时间没有确认过的时长" in said
    assert 'value="2026-11-20"' in said


def test_the_page_shows_what_is_confirmed_and_what_waits(
    serve: Serve, resident_user: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(resident_user)
    assert "还没有时长" in client.get(PAGE).text
    confirmed = serve(resident_user.resident)
    waits = serve(resident_user.resident, date(2026, 11, 14), minutes=None)
    page = client.get(PAGE)
    assert [row.pk for row in page.context["page"]] == [confirmed.pk]
    assert [row.pk for row in page.context["waiting"]] == [waits.pk]


def test_the_page_costs_the_same_with_more(
    serve: Serve, resident_user: User, as_user: Callable[[User], Client]
) -> None:
    client, person = as_user(resident_user), resident_user.resident

    def one_more(day: int) -> int:
        serve(person, date(2026, 10, day))
        serve(person, date(2026, 9, day), minutes=None)
        prove(person, first_day=date(2026, 1, day))
        return queries_of(client, PAGE)

    assert one_more(3) == one_more(10) == one_more(17)
