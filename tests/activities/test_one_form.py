"""One form holds the buttons of all rows: a longer list has no more of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.groups import make_group, member
from tests.support.seats import fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def forms(client: Client, path: str, taps: str) -> int:
    """How many forms a page has on which somebody's row has such a button."""
    page = client.get(path).text
    assert taps in page
    return page.count("<form")


@pytest.fixture
def desk(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def test_in_the_list_of_people(desk: Client, make_lecture: Callable[..., Lecture]) -> None:
    activity = Activity.objects.get(pk=make_lecture(capacity=4).pk)
    path = reverse("activities:people", args=[activity.pk])
    fill(activity, 1)
    one = forms(desk, path, "/withdraw/")
    fill(activity, 3)
    assert forms(desk, path, "/withdraw/") == one


def test_at_the_door(desk: Client, make_lecture: Callable[..., Lecture]) -> None:
    lecture = make_lecture(capacity=4, day=NOW.date())
    activity = Activity.objects.get(pk=lecture.pk)
    before = activity.sign_up_closes_at - timedelta(hours=1)
    path = reverse("door:door", args=[lecture.occasion.pk])
    fill(activity, 1, now=before)
    one = forms(desk, path, "/arrived/")
    fill(activity, 3, now=before)
    assert forms(desk, path, "/arrived/") == one


def test_of_members(desk: Client, make_resident: Callable[..., object]) -> None:
    group = make_group()
    path = reverse("happy_square:members", args=[group.pk])
    member(group, make_resident())
    one = forms(desk, path, 'name="member"')
    for _more in range(2):
        member(group, make_resident())
    assert forms(desk, path, 'name="member"') == one
