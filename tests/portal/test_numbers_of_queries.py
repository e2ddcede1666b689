"""Every list and page costs the same number of queries with one row and with three."""

from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Household, Resident, Volunteer
from diedie_edu.portal.base_data import load_plan
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.duties import on_duty
from tests.support.seats import enter, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NAMES = [
    "portal:home",
    "portal:my_page",
    "portal:desk",
    "residents_school:lecture_list",
    "residents_school:staff_lecture_list",
    "residents_school:lecture_create",
    "notices:inbox",
    "notices:trouble",
]
OF_ONE_LECTURE = ["lecture_detail", "lecture_change", "call_off", "sign_in_sheet"]


@pytest.fixture
def everything(make_user: Callable[..., User]) -> User:
    """Somebody who sees every page, with a household."""
    user = make_user(Role.STAFF, Role.VOLUNTEER)
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(account=user).update(household=home)
    Volunteer.objects.create(resident=user.resident, kinds=["expert"])
    return user


@pytest.fixture
def add_row(everything: User, make_lecture: Callable[..., Lecture]) -> Callable[[], Lecture]:
    """One more of everything: a lecture with its speaker, people in it and waiting, a message."""
    hours = iter(range(8, 20, 2))
    first: list[Lecture] = []

    def add() -> Lecture:
        home = everything.resident.household
        relative = Resident.objects.create(full_name="家人", household=home)
        lecture = make_lecture(starts=time(next(hours)), capacity=2)
        first.append(lecture)
        make_lecture(state="draft")
        enter(lecture, everything.resident)
        enter(first[0], relative)
        fill(lecture, 2)
        on_duty(lecture.occasion, everything.resident.volunteer)
        add_speaker(first[0])
        Notice.objects.filter(channel="inbox").update(status="delivered", settled_at=NOW)
        Notice.objects.filter(channel="sms").update(status="failed", settled_at=NOW)
        return first[0]

    return add


def add_speaker(lecture: Lecture) -> None:
    volunteer = Volunteer.objects.create(
        resident=Resident.objects.create(full_name="专家"), kinds=["lecturer"]
    )
    on_duty(lecture.occasion, volunteer)


def check_constant(
    client: Client, url: Callable[[Lecture], str], add_row: Callable[[], Lecture]
) -> None:
    lecture = add_row()
    for_one = queries_of(client, url(lecture))
    for _row in range(2):
        add_row()
    assert queries_of(client, url(lecture)) == for_one


@pytest.mark.parametrize("name", NAMES)
def test_lists(
    as_user: Callable[[User], Client], everything: User, add_row: Callable, name: str
) -> None:
    check_constant(as_user(everything), lambda _lecture: reverse(name), add_row)


@pytest.mark.parametrize("name", OF_ONE_LECTURE)
def test_pages_of_one_lecture(
    as_user: Callable[[User], Client], everything: User, add_row: Callable, name: str
) -> None:
    def url(lecture: Lecture) -> str:
        return reverse(f"residents_school:{name}", args=[lecture.pk])

    check_constant(as_user(everything), url, add_row)


@pytest.mark.parametrize("name", ["portal:home", "residents_school:lecture_list"])
def test_lists_for_a_visitor(client: Client, add_row: Callable, name: str) -> None:
    check_constant(client, lambda _lecture: reverse(name), add_row)


def test_a_programmes_page(client: Client) -> None:
    load_plan()
    pages = [reverse("portal:programme", args=[slug]) for slug in ("happy-square", "edu-base")]
    assert queries_of(client, pages[0]) == queries_of(client, pages[1])
