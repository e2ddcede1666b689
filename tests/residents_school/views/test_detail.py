"""One lecture: who may do what with it, and what each sees."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule, seats
from diedie_edu.activities.models import Activity
from diedie_edu.people.models import Household, Organisation, Resident, Volunteer
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.duties import on_duty
from tests.support.seats import enter, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MakeLecture = Callable[..., Lecture]


def detail(client: Client, lecture: Lecture) -> HttpResponse:
    return client.get(reverse("residents_school:lecture_detail", args=[lecture.pk]))


def speak(lecture: Lecture, full_name: str) -> None:
    volunteer = Volunteer.objects.create(
        resident=Resident.objects.create(full_name=full_name), kinds=["expert"]
    )
    on_duty(lecture.occasion, volunteer)


def test_a_draft_and_a_missing_lecture_answer_alike(
    client: Client, make_lecture: MakeLecture
) -> None:
    draft = make_lecture(state="draft")
    assert detail(client, draft).status_code == 404
    assert client.get(reverse("portal:activity", args=[draft.pk])).status_code == 404
    assert client.get(reverse("residents_school:lecture_detail", args=[99999])).status_code == 404


def test_the_address_in_messages_leads_to_the_lecture(
    client: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    answer = client.get(reverse("portal:activity", args=[lecture.pk]))
    assert answer.url == reverse("residents_school:lecture_detail", args=[lecture.pk])


def test_a_lecture_names_its_speakers_and_partner(
    client: Client, make_lecture: MakeLecture
) -> None:
    partner = Organisation.objects.create(title="书法协会", kind="association")
    lecture = make_lecture(partner=partner, outline="第一段")
    speak(lecture, "王大师")
    text = detail(client, lecture).text
    assert all(words in text for words in ("王大师", "书法协会", "第一段"))


def test_a_visitor_is_led_to_sign_in_and_back(client: Client, make_lecture: MakeLecture) -> None:
    answer = detail(client, make_lecture())
    assert f"{reverse('accounts:sign_in')}?next={answer.request['PATH_INFO']}" in answer.text
    assert not answer.context["places"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"sign_up_opens_at": NOW + timedelta(hours=1)}, "not_open_yet"),
        ({"sign_up_closes_at": NOW}, "closed"),
        ({"state": "called_off", "call_off_reason": "台风停课"}, "called_off"),
    ],
)
def test_where_nobody_can_sign_up_the_reason_stands_in_place_of_the_button(
    client: Client,
    as_user: Callable[[User], Client],
    resident_user: User,
    make_lecture: MakeLecture,
    fields: dict,
    code: str,
) -> None:
    lecture = make_lecture(**fields)
    visitor, resident = detail(client, lecture), detail(as_user(resident_user), lecture)
    assert visitor.context["closed"].code == resident.context["places"][0].refusal.code == code
    for answer in (visitor, resident):
        assert str(visitor.context["closed"]) in answer.text
        assert reverse("activities:sign_up", args=[lecture.pk]) not in answer.text


def test_whoever_holds_a_seat_can_give_it_back(
    as_user: Callable[[User], Client], resident_user: User, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    enter(lecture, resident_user.resident)
    text = detail(as_user(resident_user), lecture).text
    assert reverse("activities:cancel", args=[lecture.pk]) in text
    assert reverse("activities:sign_up", args=[lecture.pk]) not in text


@pytest.mark.parametrize("when", ["starts_at", "ends_at"])
def test_once_it_has_begun_no_button_is_offered_that_would_be_refused(
    as_user: Callable[[User], Client],
    resident_user: User,
    make_lecture: MakeLecture,
    clock: object,
    when: str,
) -> None:
    lecture = make_lecture()
    enter(lecture, resident_user.resident)
    clock.move_to(getattr(lecture.occasion, when))
    text = detail(as_user(resident_user), lecture).text
    assert reverse("activities:cancel", args=[lecture.pk]) not in text


def test_everybody_waiting_sees_their_place(
    as_user: Callable[[User], Client], resident_user: User, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture(capacity=1)
    fill(lecture, 2)
    enter(lecture, resident_user.resident)
    answer = detail(as_user(resident_user), lecture)
    assert answer.context["places"][0].ahead == 1
    assert answer.context["waiting"] == 2


def test_the_household_is_listed_and_no_stranger(
    as_user: Callable[[User], Client],
    resident_user: User,
    stranger: User,
    make_lecture: MakeLecture,
) -> None:
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(account=resident_user).update(household=home)
    Resident.objects.create(full_name="外婆", household=home)
    answer = detail(as_user(resident_user), make_lecture())
    names = [place.name for place in answer.context["places"]]
    assert names == [resident_user.display_name, "外婆"]


def test_other_peoples_names_are_on_no_page(client: Client, make_lecture: MakeLecture) -> None:
    lecture = make_lecture()
    rows = fill(lecture, 3)
    assert rows[0].resident.full_name not in detail(client, lecture).text


def test_a_lecture_called_off_says_so_and_keeps_its_page(
    client: Client, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    schedule.call_off(activity=lecture, reason="讲师生病", by=None, now=NOW)
    answer = detail(client, lecture)
    assert "讲师生病" in answer.text
    assert Activity.objects.get().is_called_off


def test_whom_it_is_for_stands_before_the_button_and_says_who_cannot(
    client: Client,
    as_user: Callable[[User], Client],
    resident_user: User,
    make_lecture: MakeLecture,
) -> None:
    lecture = make_lecture(min_age=60)
    Resident.objects.filter(account=resident_user).update(birth_date=date(1990, 1, 1))
    assert "适合 60 岁以上" in detail(client, lecture).text
    text = detail(as_user(resident_user), lecture).text
    assert "适合 60 岁以上。" in text
    assert reverse("activities:sign_up", args=[lecture.pk]) not in text


def test_an_offer_shows_its_end_and_both_answers(
    as_user: Callable[[User], Client], resident_user: User, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture(capacity=1)
    fill(lecture, 1)
    enter(lecture, resident_user.resident)
    seats.change_capacity(activity=lecture, capacity=2, by=None, now=NOW)
    text = detail(as_user(resident_user), lecture).text
    assert "11月24日（周二）10:00" in text
    for door in ("accept", "cancel"):
        assert reverse(f"activities:{door}", args=[lecture.pk]) in text


def test_a_household_ticks_who_comes_and_whether_together(
    as_user: Callable[[User], Client], resident_user: User, make_lecture: MakeLecture
) -> None:
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(account=resident_user).update(household=home)
    Resident.objects.create(full_name="外婆", household=home)
    browser, lecture = as_user(resident_user), make_lecture()
    text = detail(browser, lecture).text
    assert (text.count('name="resident"'), text.count('name="how"')) == (2, 2)
    enter(lecture, resident_user.resident)
    text = detail(browser, lecture).text
    assert (text.count('type="checkbox"'), text.count('name="how"')) == (1, 0)
