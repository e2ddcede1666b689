"""Somebody without a phone and the relative who has one are found together."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, Occasion
from diedie_edu.door.queries import attendance
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.door.conftest import AT_THE_DOOR
from tests.support.seats import enter

pytestmark = pytest.mark.django_db
PHONE = "13812340907"


@pytest.fixture
def occasion(make_lecture: Callable[..., Lecture]) -> Occasion:
    return make_lecture(capacity=4).occasions.select_related("activity__programme", "venue")[0]


@pytest.fixture
def family(occasion: Occasion) -> tuple[Resident, Resident]:
    """The old one has no phone, the daughter has; both have a seat."""
    home = Household.objects.create(label="9-2-301")
    old = Resident.objects.create(full_name="逄老某", household=home)
    account = User.objects.create_user(phone=PHONE, password=None, display_name="逄大某")
    daughter = Resident.objects.create(
        full_name="逄大某", phone=PHONE, account=account, household=home
    )
    for one in (old, daughter):
        enter(occasion.activity, one)
    return old, daughter


@pytest.fixture
def staff(staff_user: User, as_user: Callable[[User], Client], clock) -> Client:
    clock.move_to(AT_THE_DOOR)
    return as_user(staff_user)


@pytest.mark.parametrize("words", ["逄老某", "逄大某", "0907"])
def test_either_name_and_the_relatives_digits_find_both(
    staff: Client, occasion: Occasion, family: tuple[Resident, Resident], words: str
) -> None:
    page = staff.post(reverse("door:find", args=[occasion.pk]), {"words": words})
    assert {line.resident for line in page.context["lines"]} == set(family)


def test_the_digits_at_a_kiosk_mean_both(
    occasion: Occasion, family: tuple[Resident, Resident]
) -> None:
    assert set(attendance.expected_with(occasion, "0907")) == set(family)


def test_a_neighbour_with_a_phone_of_the_same_house_is_found_alone(
    staff: Client, occasion: Occasion, family: tuple[Resident, Resident]
) -> None:
    _old, daughter = family
    son = Resident.objects.create(
        full_name="逄小某", phone="13812340908", household=daughter.household
    )
    enter(occasion.activity, son)
    page = staff.post(reverse("door:find", args=[occasion.pk]), {"words": "逄小某"})
    found = {line.resident.full_name for line in page.context["lines"]}
    assert found == {"逄小某", "逄老某"}


def test_the_ticket_of_the_relative_lets_both_in(
    staff: Client, occasion: Occasion, family: tuple[Resident, Resident]
) -> None:
    old, daughter = family
    scan = reverse("door:scan", args=[occasion.pk])
    ticket = attendance.ticket_of(occasion.pk, daughter.pk)
    page = staff.post(scan, {"ticket": ticket})
    assert list(page.context["people"]) == [daughter, old]
    staff.post(reverse("door:arrived", args=[occasion.pk]), {"resident": old.pk})
    staff.post(scan, {"ticket": ticket})  # the other is in: nobody is asked about
    assert set(Attendance.objects.values_list("resident", flat=True)) == {old.pk, daughter.pk}


def test_a_camera_shows_who_comes_too(
    staff: Client, occasion: Occasion, family: tuple[Resident, Resident]
) -> None:
    old, daughter = family
    ticket = reverse("door:ticket", args=[attendance.ticket_of(occasion.pk, daughter.pk)])
    page = staff.get(ticket)
    assert list(page.context["beside"]) == [old]
    assert "逄老某" in page.content.decode()
