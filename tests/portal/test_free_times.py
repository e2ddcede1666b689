"""A volunteer tells when they are usually free."""

from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Volunteer
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/me/free-times/"


def test_a_volunteer_sets_them_and_sees_them_again(
    make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> None:
    user = make_user(Role.VOLUNTEER)
    volunteer = Volunteer.objects.create(resident=user.resident, kinds=["expert"])
    client = as_user(user)
    assert PAGE in client.get("/me/").content.decode()
    client.post(PAGE, {"free_times": ["sun_pm", "sat_am"]} | opened(client, PAGE))
    volunteer.refresh_from_db()
    assert set(volunteer.free_times) == {"sat_am", "sun_pm"}
    assert client.get(PAGE).content.decode().count("checked") == 2


def test_nobody_else_finds_the_page(
    make_user: Callable[..., User], as_user: Callable[[User], Client], resident_user: User
) -> None:
    assert as_user(resident_user).get(PAGE).status_code == 403
    assert as_user(make_user(Role.VOLUNTEER)).get(PAGE).status_code == 404
