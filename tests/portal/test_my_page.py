"""What a family has signed up for, and what a volunteer is due to do."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import schedule, seats
from diedie_edu.activities.models import Attendance
from diedie_edu.common.days import moment
from diedie_edu.people.models import Household, Resident, Volunteer
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import on_duty
from tests.support.groups import EVENING, TODAY, make_group, meet_up
from tests.support.occasions import rebook
from tests.support.seats import enter, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MakeLecture = Callable[..., Lecture]
PAGE = reverse("portal:my_page")
WEEK = timedelta(days=7)


@pytest.fixture
def own(resident_user: User) -> Resident:
    return resident_user.resident


def shown(browser: Client, part: str) -> list[str]:
    return [entry.activity.title for entry in browser.get(PAGE).context[part]]


def test_seats_and_queue_stand_soonest_first(
    browser: Client, own: Resident, make_lecture: MakeLecture
) -> None:
    full = make_lecture(title="满", capacity=1)
    fill(full, 2)
    for lecture in (
        make_lecture(title="周日", day=SATURDAY + timedelta(days=1)),
        make_lecture(title="周六"),
        full,
    ):
        enter(lecture, own)
    assert shown(browser, "upcoming") == ["周六", "周日"]
    assert shown(browser, "waiting") == ["满"]
    assert browser.get(PAGE).context["waiting"][0].ahead == 1


def test_what_was_cancelled_is_gone(
    browser: Client, own: Resident, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture()
    enter(lecture, own)
    seats.cancel_sign_up(activity=lecture, resident=own, by=own.account, now=NOW)
    page = browser.get(PAGE)
    assert not page.context["upcoming"]
    assert lecture.title not in page.text


def test_a_lecture_stays_ahead_until_it_is_over(
    browser: Client, own: Resident, make_lecture: MakeLecture, clock: object
) -> None:
    lecture = make_lecture(title="太极")
    enter(lecture, own)
    clock.move_to(lecture.occasion.ends_at - timedelta(seconds=1))
    assert shown(browser, "upcoming") == ["太极"]
    clock.move_to(lecture.occasion.ends_at)
    assert shown(browser, "upcoming") == []


def test_giving_back_is_offered_until_the_start(
    browser: Client, own: Resident, make_lecture: MakeLecture, clock: object
) -> None:
    lecture = make_lecture()
    enter(lecture, own)
    cancel_url = reverse("activities:cancel", args=[lecture.pk])
    assert cancel_url in browser.get(PAGE).text
    clock.move_to(lecture.occasion.starts_at)
    assert cancel_url not in browser.get(PAGE).text


def test_what_is_called_off_says_so_and_offers_nothing(
    browser: Client, own: Resident, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture(title="太极")
    enter(lecture, own)
    schedule.call_off(activity=lecture, reason="台风", by=None, now=NOW)
    text = browser.get(PAGE).text
    assert str(Lecture.State.CALLED_OFF.label) in text
    assert reverse("activities:cancel", args=[lecture.pk]) not in text


def test_one_has_been_to_what_one_came_to_and_not_to_an_empty_seat(
    browser: Client, own: Resident, make_lecture: MakeLecture, clock: object
) -> None:
    came, missed = make_lecture(title="太极"), make_lecture(title="剪纸", starts=time(14))
    for lecture in (came, missed):
        enter(lecture, own)
    Attendance.objects.create(occasion=came.occasion, resident=own, arrived_at=NOW, how="list")
    clock.move_to(missed.occasion.ends_at)
    past = browser.get(PAGE).context["past"]
    assert [(row["title"], row["times"]) for row in past] == [("太极", 1)]


def test_what_one_comes_to_every_week_is_one_line_with_its_latest_day(
    browser: Client, own: Resident
) -> None:
    group = make_group(title="晨光太极队")
    for weeks in (2, 1, 0):
        occasion = meet_up(group, TODAY - weeks * WEEK)
        Attendance.objects.create(occasion=occasion, resident=own, arrived_at=NOW, how="list")
    [row] = browser.get(PAGE).context["past"]
    assert (row["title"], row["times"], row["last"]) == ("晨光太极队", 3, moment(TODAY, EVENING))


def test_the_household_is_one_family_here(
    browser: Client, own: Resident, make_lecture: MakeLecture, stranger: User
) -> None:
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(pk=own.pk).update(household=home)
    grandmother = Resident.objects.create(full_name="外婆", household=home)
    for person in (grandmother, stranger.resident):
        enter(make_lecture(), person)
    page = browser.get(PAGE)
    assert [entry.resident for entry in page.context["upcoming"]] == [grandmother]
    assert [row.full_name for row in page.context["household"]] == [own.full_name, "外婆"]


def test_a_volunteer_sees_duties_ahead_that_take_place(
    browser: Client, own: Resident, make_lecture: MakeLecture
) -> None:
    volunteer = Volunteer.objects.create(resident=own, kinds=["expert"])
    stays, off, past = (make_lecture(starts=time(hour)) for hour in (9, 11, 13))
    for lecture in (stays, off, past):
        on_duty(lecture.occasion, volunteer)
    schedule.call_off(activity=off, reason="台风", by=None, now=NOW)
    rebook(past.occasions.all(), starts_at=NOW - timedelta(hours=2), ends_at=NOW)
    duties = browser.get(PAGE).context["duties"]
    assert [duty.occasion.activity_id for duty in duties] == [stays.pk]


def test_volunteers_keep_their_page_and_others_may_want_to_serve(
    as_user: Callable[[User], Client], make_user: Callable[..., User]
) -> None:
    user = make_user(Role.VOLUNTEER)
    link = reverse("portal:volunteering")
    assert "我想当志愿者" in as_user(user).get(PAGE).text
    Volunteer.objects.create(resident=user.resident, kinds=["expert"])
    text = as_user(user).get(PAGE).text
    assert link in text
    assert "我的志愿服务" in text


def test_an_account_without_a_person_has_an_empty_page(browser: Client, own: Resident) -> None:
    own.delete()
    page = browser.get(PAGE)
    assert page.status_code == 200
    assert not page.context["upcoming"]


def test_an_offer_stands_first_with_its_end(
    browser: Client, own: Resident, make_lecture: MakeLecture
) -> None:
    lecture = make_lecture(title="满", capacity=1)
    fill(lecture, 1)
    enter(lecture, own)
    seats.change_capacity(activity=lecture, capacity=2, by=None, now=NOW)
    assert shown(browser, "offered") == ["满"]
    page = browser.get(PAGE)
    assert "11月24日（周二）10:00" in page.text
    assert reverse("activities:accept", args=[lecture.pk]) in page.text
