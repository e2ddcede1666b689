"""A view without a mark is closed; the admin site stands behind one permission."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from diedie_edu import urls
from diedie_edu.accounts.access import public, requires, signed_in
from diedie_edu.accounts.permissions import Permission, Role

pytestmark = pytest.mark.django_db


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def marked(mark: Callable) -> Callable:
    return mark(lambda request: view(request))


LECTURES = requires(Permission.PLAN_ACTIVITIES, "residents-school")
urlpatterns = [
    path("forgotten/", view),
    path("public/", marked(public)),
    path("signed-in/", marked(signed_in)),
    path("desk/", marked(requires(Permission.OPEN_DESK))),
    path("plan/", marked(LECTURES)),
    *urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def own_addresses(settings):
    settings.ROOT_URLCONF = __name__


def statuses(client: Client) -> list[int]:
    names = ("forgotten", "public", "signed-in", "desk", "plan")
    return [client.get(f"/{name}/").status_code for name in names]


def test_a_visitor_sees_public_pages_and_is_asked_to_sign_in_for_the_rest(client):
    assert statuses(client) == [302, 200, 302, 302, 302]
    assert client.get("/forgotten/?page=2").url == "/sign-in/?next=/forgotten/%3Fpage%3D2"


def test_an_account_sees_what_asks_for_no_role(as_user, resident_user):
    assert statuses(as_user(resident_user)) == [403, 200, 200, 403, 403]


def test_a_view_without_a_mark_is_closed_even_to_those_who_may_everything(as_user, make_user):
    assert statuses(as_user(make_user(is_superuser=True))) == [403, 200, 200, 200, 200]


def test_a_role_for_another_programme_does_not_open_a_view(as_user, make_user):
    lead = make_user(Role.PROGRAMME_LEAD, scope="happy-square")
    assert statuses(as_user(lead)) == [403, 200, 200, 200, 403]


def test_a_form_that_was_sent_signed_out_comes_back_to_its_page(client):
    answer = client.post("/desk/", headers={"referer": "http://testserver/lectures/7/?a=b"})
    assert answer.url == "/sign-in/?next=/lectures/7/%3Fa%3Db"


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/people/resident/"])
def test_the_admin_site_sends_visitors_to_the_one_door(client, address):
    assert client.get(address).url == f"/sign-in/?next={address}"
    assert client.post(address, {"username": "x", "password": "x"}).status_code == 302


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/people/resident/"])
def test_the_admin_site_refuses_residents_without_a_loop(as_user, resident_user, address):
    assert as_user(resident_user).get(address).status_code == 403


def test_the_admin_site_opens_to_its_permission(as_user, staff_user):
    client = as_user(staff_user)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/login/").url == "/admin/"
    assert client.get("/admin/password_change/").url == "/me/password/"


def test_an_account_that_was_shut_is_out_with_its_next_request(as_user, resident_user):
    client = as_user(resident_user)
    resident_user.is_active = False
    resident_user.save()
    assert client.get("/signed-in/").status_code == 302
