"""What stands on top: the next date for residents, the weekends and every page for staff."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.conftest import SATURDAY
from tests.support.seats import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MakeLecture = Callable[..., Lecture]
WEEK = timedelta(days=7)
HOME, DESK = reverse("portal:home"), reverse("portal:desk")


def test_home_begins_with_the_next_date_of_who_is_signed_in(
    resident_user: User, as_user: Callable[[User], Client], make_lecture: MakeLecture
) -> None:
    client = as_user(resident_user)
    assert 'class="hero"' in client.get(HOME).text
    enter(make_lecture(title="太极", day=SATURDAY + WEEK), resident_user.resident)
    lecture = make_lecture(title="八段锦")
    enter(lecture, resident_user.resident)
    page = client.get(HOME)
    assert page.context["coming"].activity.title == "八段锦"
    assert reverse("door:tickets", args=[lecture.occasion.pk]) in page.text
    assert 'class="hero"' not in page.text


def test_the_desk_parts_this_weekend_from_the_week_after(
    staff_user: User, as_user: Callable[[User], Client], make_lecture: MakeLecture
) -> None:
    make_lecture(title="本周", day=SATURDAY)
    make_lecture(title="下周", day=SATURDAY + WEEK)
    make_lecture(title="再下周", day=SATURDAY + 2 * WEEK)
    page = as_user(staff_user).get(DESK)
    parts = {part: [row.title for row in page.context[part]] for part in ("weekend", "later")}
    assert parts == {"weekend": ["本周"], "later": ["下周"]}


@pytest.mark.parametrize("role", [Role.STAFF, Role.BRANCH_LEAD])
def test_every_page_of_staff_is_in_the_row_or_in_the_menu_once(
    role: Role, make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> None:
    page = as_user(make_user(role)).get(reverse("office:board"))
    menu = [item for _job, items in page.context["desk_menu"] for item in items]
    urls = [item.url for item in [*page.context["desk_nav"], *menu]]
    assert {reverse("portal:desk"), reverse("office:desk"), reverse("admin:index")} <= {*urls}
    assert len(urls) == len(set(urls))
    assert [item.url for item in menu if item.current] == [reverse("office:board")]


def test_a_family_finds_oneself_ticked(
    resident_user: User, as_user: Callable[[User], Client], make_lecture: MakeLecture
) -> None:
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(account=resident_user).update(household=home)
    Resident.objects.create(full_name="家人", household=home)
    lecture = make_lecture()
    page = as_user(resident_user).get(reverse("residents_school:lecture_detail", args=[lecture.pk]))
    ticked = [
        line
        for line in page.text.split("<label")
        if 'name="resident"' in line and "checked" in line
    ]
    assert [resident_user.display_name in line for line in ticked] == [True]
