"""Certificates: what they say, who may check them, and that none can be guessed."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.conf import LazySettings
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from diedie_edu.portal.certificates import actions
from diedie_edu.portal.certificates.actions import revoke_certificate
from diedie_edu.portal.learning.actions import issue_certificate
from diedie_edu.volunteering.models import Certificate
from tests.conftest import NOW, SATURDAY
from tests.portal.conftest import Learn
from tests.support.counting import queries_of
from tests.support.races import all_look_first, together
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PERIOD = {"first_day": date(2026, 1, 1), "last_day": date(2026, 11, 23)}


@pytest.fixture
def learned(learn: Learn, make_resident: Callable[..., Resident]) -> Resident:
    """Two lectures this year, one the year before."""
    person = make_resident(full_name="王小英")
    for day in (date(2026, 3, 7), date(2026, 11, 7), date(2025, 11, 8)):
        learn(person, day)
    return person


def issue(person: Resident, by: User | None = None, **period: date) -> Certificate:
    return issue_certificate(resident=person, by=by, now=NOW, **(PERIOD | period))


def shown(client: Client, number: str) -> str:
    return client.get(reverse("portal:certificate_check", args=[number])).text


# --- Issuing ---------------------------------------------------------------------------


def test_a_certificate_says_what_was_attended_in_its_days(learned: Resident) -> None:
    issued = issue(learned)
    assert (issued.hours, issued.occasions, issued.topics) == (3.0, 2, ["中老年健康"])
    assert (issued.full_name, issued.first_day) == ("王小英", PERIOD["first_day"])
    assert re.fullmatch(r"DDX-2026-000001-[2-9A-HJ-NP-Z]{6}", issued.number)


def test_numbers_run_on_and_asking_again_gives_the_same_paper(learned: Resident) -> None:
    first = issue(learned)
    assert issue(learned) == first
    assert issue(learned, first_day=date(2025, 1, 1)).serial == 2


def test_a_paper_stays_as_it_was_issued(learned: Resident) -> None:
    issued = issue(learned)
    Attendance.objects.filter(resident=learned).delete()
    assert Certificate.objects.get(pk=issued.pk).hours == 3.0


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ({"last_day": date(2025, 12, 31)}, "backwards"),
        ({"last_day": SATURDAY}, "ahead"),
        ({"first_day": date(2026, 11, 20)}, "nothing"),
    ],
)
def test_what_cannot_be_certified(period: dict, code: str, learned: Resident) -> None:
    assert code_of(lambda: issue(learned, **period)) == code
    assert not Certificate.objects.exists()


def test_a_revoked_one_can_be_issued_anew(learned: Resident, staff_user: User) -> None:
    first = issue(learned)
    revoke = {"certificate": first, "reason": "登记有误", "by": staff_user, "now": NOW}
    assert [revoke_certificate(**revoke) for _time in range(2)] == [True, False]
    assert issue(learned) != first
    first.refresh_from_db()
    assert (first.is_revoked, first.revoked_by, first.revoke_reason) == (
        True,
        staff_user,
        "登记有误",
    )


@pytest.mark.django_db(transaction=True)
def test_at_once_every_paper_has_its_own_number(learned: Resident) -> None:
    days = [date(2026, 1, day) for day in range(1, 9)]
    issued = together(*[partial(issue, learned, first_day=day) for day in days])
    assert sorted(row.serial for row in issued) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_two_take_one_number(
    learned: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "_lock_numbers", lambda: None)
    all_look_first(monkeypatch, actions, "_next_number", threads=4)
    days = [date(2026, 1, day) for day in range(1, 5)]
    with pytest.raises(IntegrityError, match="certificate_serial_once"):
        together(*[partial(issue, learned, first_day=day) for day in days])


# --- Checking --------------------------------------------------------------------------


def test_everybody_can_check_and_sees_little(learned: Resident, client: Client) -> None:
    said = shown(client, issue(learned).number)
    assert "有效" in said
    assert "王*英" in said
    assert "3.0" in said
    assert "王小英" not in said
    assert "中老年健康" not in said


def test_the_number_is_typed_as_it_comes(learned: Resident, client: Client) -> None:
    number = issue(learned).number
    typed = f" {number.lower().replace('-', '－')} "
    answer = client.post(reverse("portal:check"), {"number": typed}, follow=True)
    assert "王*英" in answer.text


def test_a_revoked_one_says_so_and_nothing_else(
    learned: Resident, client: Client, staff_user: User
) -> None:
    issued = issue(learned)
    revoke_certificate(certificate=issued, reason="登记有误", by=staff_user, now=NOW)
    said = shown(client, issued.number)
    assert "本证明已撤销" in said
    assert "王*英" not in said
    assert "登记有误" not in said


def test_numbers_that_are_none_answer_alike(learned: Resident, client: Client) -> None:
    near = issue(learned).number[:-1] + "0"
    answers = [client.get(f"/certificates/{number}/") for number in (near, "DDX-2099-1", "x")]
    assert {answer.status_code for answer in answers} == {404}
    pages = {
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"|/certificates/[^"/]*/', "", answer.text)
        for answer in answers
    }
    assert len(pages) == 1


def test_numbers_cannot_be_tried_out(
    learned: Resident, client: Client, settings: LazySettings
) -> None:
    settings.CERTIFICATE_MISSES = 3
    number = issue(learned).number
    for _time in range(3):
        shown(client, "x")
    for tried in (number, "x"):
        answer = client.get(f"/certificates/{tried}/")
        assert answer.status_code == 429
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert "王*英" in shown(other, number)


def test_the_action_itself_says_no_to_whoever_tries_numbers_out(
    learned: Resident, settings: LazySettings
) -> None:
    settings.CERTIFICATE_MISSES = 1
    found = issue(learned)
    given = {"place": "192.0.2.1", "now": NOW}
    assert actions.look_up(number=found.number, **given) == found
    assert actions.look_up(number="x", **given) is None
    assert code_of(lambda: actions.look_up(number=found.number, **given)) == "too_many"


# --- Pages -----------------------------------------------------------------------------


def test_somebody_makes_and_prints_their_own(
    learn: Learn, resident_user: User, stranger: User, as_user: Callable[[User], Client]
) -> None:
    learn(resident_user.resident)
    client = as_user(resident_user)
    paper = client.post("/me/learning/", PERIOD, follow=True)
    issued = Certificate.objects.get()
    assert issued.number in paper.text
    assert "<svg" in paper.text
    assert issued.issued_by == resident_user
    page = reverse("portal:certificate", args=[issued.pk])
    assert as_user(stranger).get(page).status_code == 404


def test_a_period_without_anything_is_said_beside_it(
    learn: Learn, resident_user: User, as_user: Callable[[User], Client]
) -> None:
    learn(resident_user.resident)
    days = {"first_day": local_day(NOW), "last_day": local_day(NOW)}
    assert "没有参加记录" in as_user(resident_user).post("/me/learning/", days).text


def test_staff_revoke_with_a_reason(
    learned: Resident, staff_user: User, as_user: Callable[[User], Client]
) -> None:
    issued, staff = issue(learned), as_user(staff_user)
    page = reverse("portal:certificate_revoke", args=[issued.pk])
    staff.post(page, {"reason": ""})
    assert not Certificate.objects.get().is_revoked
    assert "登记有误" in staff.post(page, {"reason": "登记有误"}, follow=True).text
    assert Certificate.objects.get().is_revoked


def test_the_list_costs_the_same_with_more(
    learned: Resident, staff_user: User, as_user: Callable[[User], Client]
) -> None:
    staff, page = as_user(staff_user), reverse("portal:certificates")
    issue(learned)
    for_one = queries_of(staff, page)
    for day in (2, 3):
        issue(learned, first_day=date(2026, 1, day))
    assert queries_of(staff, page) == for_one
