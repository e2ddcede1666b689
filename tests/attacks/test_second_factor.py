"""The second factor of staff and leads: no way round it, no way to guess, replay or take it."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver, reverse

from diedie_edu.accounts import confirming
from diedie_edu.accounts.models import RecoveryCode, SecondFactor
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from tests.portal.sign_in.conftest import code_for
from tests.support.second_step import CONFIRM, KEY, code_of, confirm, sign_in, with_factor
from tests.test_house import patterns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "second_step_required")]
SET_UP = "/me/second-step/set-up/"


def tick(clock: time_machine.Traveller, seconds: int = 30) -> None:
    clock.shift(seconds)


# --- At sign-in ------------------------------------------------------------------------


def test_a_password_alone_opens_nothing(staff, now, clock):
    """Every address answers a session that has shown no second factor as it does a visitor."""
    with_factor(staff, now)
    tick(clock)
    client = sign_in(staff)
    for path in (
        "/desk/",
        "/me/",
        "/admin/",
        "/admin/accounts/user/",
        "/me/details/",
        "/desk/people/",
    ):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.url.startswith(CONFIRM), path
    assert "/desk/" not in client.get("/").text
    assert confirm(client, code_of(), next="/desk/").url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_control_without_the_middleware_the_password_would_do(staff, now, clock, monkeypatch):
    with_factor(staff, now)
    monkeypatch.setattr(confirming, "is_through", lambda _request, _user: True)
    assert sign_in(staff).get("/desk/").status_code == 200


def test_no_view_but_those_of_the_step_knows_who_is_half_way():
    marked = {
        pattern.name
        for pattern in patterns(get_resolver())
        if getattr(pattern.callback, "access", "") == "half_way"
    }
    assert marked == {"confirm", "second_step_set_up"}


def test_who_has_none_is_led_to_set_it_up_and_nowhere_else(staff, now):
    client = sign_in(staff, next="/desk/")
    assert client.get("/desk/").url.startswith(CONFIRM)
    assert client.get(f"{CONFIRM}?next=/desk/").url == f"{SET_UP}?next=%2Fdesk%2F"
    key = client.get(SET_UP).context["key"].replace(" ", "")
    answer = client.post(SET_UP, {"code": code_of(key), "next": "/desk/"})
    assert answer.url == "/me/second-step/sheet/?next=%2Fdesk%2F"
    lines = client.get(answer.url).context["lines"]
    assert len(set(lines)) == 10
    assert client.post("/me/second-step/sheet/", {"next": "/desk/"}).url == "/desk/"
    assert client.get("/me/second-step/sheet/").status_code == 302, "shown once"
    stored = SecondFactor.objects.get(user=staff)
    assert stored.key == key
    assert not RecoveryCode.objects.filter(code_hash__in=lines).exists()


def test_a_half_way_session_sets_up_no_app_of_its_own(staff, now, clock):
    """Whoever has stolen the password would replace the owner's app."""
    with_factor(staff, now)
    thief = sign_in(staff)
    assert thief.get(SET_UP).url.startswith(CONFIRM)
    assert thief.post(SET_UP, {"code": code_of()}).url.startswith(CONFIRM)
    assert SecondFactor.objects.get(user=staff).key == KEY


def test_a_new_password_by_code_does_not_pass_it(staff, now, clock):
    with_factor(staff, now)
    client = Client()
    client.post("/sign-in/forgotten/", {"phone": staff.phone})
    client.post("/sign-in/code/enter/", {"code": code_for(staff.phone)})
    client.post("/sign-in/new-password/", {"password": "ganz-neu-2026"})
    assert client.get("/desk/").url.startswith(CONFIRM)


def test_residents_are_not_asked(resident_user, as_user):
    assert as_user(resident_user).get("/me/").status_code == 200


# --- Codes -----------------------------------------------------------------------------


def test_a_second_tap_is_the_same_wish_and_a_replay_elsewhere_is_none(staff, now, clock):
    with_factor(staff, now)
    tick(clock)
    own, thief = sign_in(staff), sign_in(staff)
    code = code_of()
    assert [confirm(own, code).status_code for _tap in range(2)] == [302, 302]
    assert confirm(thief, code).context["form"].errors["code"]
    tick(clock, 60)
    assert confirm(own, code).context["form"].errors["code"], "an older code is over"


def test_guesses_wait_longer_each_time_and_never_for_ever(staff, now, clock):
    with_factor(staff, now)
    tick(clock, 60)
    client = sign_in(staff)
    confirm(client, "000000")
    assert "wait" in error_codes(confirm(client, code_of())), "a right one at once is not heard"
    for failures in range(1, 30):
        tick(clock, 2**failures if failures < 11 else 2048)
        confirm(client, "000000")
    assert SecondFactor.objects.get().throttling_failure_count == 12
    tick(clock, 2100)
    assert confirm(sign_in(staff), code_of()).status_code == 302
    assert Notice.objects.filter(kind="portal.account_changed", data__what_en="wrong codes entered")


def error_codes(answer: object) -> set[str]:
    return {error.code for error in answer.context["form"].errors.as_data()["code"]}


def test_a_line_of_the_sheet_counts_once(staff, now, clock):
    lines = with_factor(staff, now)
    own, thief = sign_in(staff), sign_in(staff)
    typed = f" {lines[0].upper().replace('-', ' ')} "
    assert [confirm(own, typed).status_code for _tap in range(2)] == [302, 302]
    assert confirm(thief, lines[0]).context["form"].errors["code"]


def test_a_trusted_browser_is_not_asked_for_thirty_days(staff, now, clock):
    with_factor(staff, now)
    tick(clock)
    client = sign_in(staff)
    confirm(client, code_of(), trusts="on")
    client.post("/sign-out/")
    assert sign_in(staff, client).get("/desk/").status_code == 200
    assert sign_in(staff, Client()).get("/desk/").status_code == 302, "another browser"
    client.post("/sign-out/")
    tick(clock, 30 * 24 * 3600)
    assert sign_in(staff, client).get("/desk/").status_code == 302


# --- Once more, before what gives power ------------------------------------------------

WORST = [
    "/desk/accounts/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/accounts/privacynotice/add/",
    "/admin/accounts/user/export/",
    "/me/second-step/",
]


@pytest.mark.parametrize("path", WORST)
def test_the_worst_pages_ask_again_after_ten_minutes(path, lead, now, clock):
    with_factor(lead, now)
    tick(clock)
    client = sign_in(lead)
    confirm(client, code_of())
    assert client.get(path).status_code == 200
    tick(clock, 601)
    assert client.get("/desk/").status_code == 200, "other pages do not"
    answer = client.get(path)
    assert answer.url.startswith(CONFIRM)
    assert confirm(client, code_of(), next=path).url == path
    assert client.get(path).status_code == 200


def test_a_form_opened_in_time_is_taken_and_none_after_half_an_hour(lead, stranger, now, clock):
    with_factor(lead, now)
    tick(clock)
    client, form = sign_in(lead), {"phone": stranger.phone, "role": Role.STAFF}
    confirm(client, code_of())
    tick(clock, 1200)
    assert client.post("/desk/accounts/", form).url == f"/desk/accounts/{stranger.pk}/"
    tick(clock, 700)
    grant = stranger.role_grants.get(role=Role.STAFF)
    taken = f"/desk/accounts/roles/{grant.pk}/take/"
    assert client.post(taken).url.startswith(CONFIRM)
    assert stranger.role_grants.filter(role=Role.STAFF).exists()


def test_a_trusted_browser_is_asked_there_too(lead, now, clock):
    with_factor(lead, now)
    tick(clock)
    client = sign_in(lead)
    confirm(client, code_of(), trusts="on")
    client.post("/sign-out/")
    sign_in(lead, client)
    assert client.get("/desk/accounts/").url.startswith(CONFIRM)


def test_whole_lists_of_people_ask_again(staff, now, clock):
    with_factor(staff, now)
    tick(clock)
    client = sign_in(staff)
    confirm(client, code_of())
    tick(clock, 601)
    residents = reverse("lists:export", args=["residents", "csv"])
    for path in (residents, "/admin/people/resident/export/"):
        assert client.get(path).url.startswith(CONFIRM), path


def test_the_key_stands_below_the_code_for_whoever_is_on_the_phone(staff):
    """In groups of four, as an app takes it."""
    page = sign_in(staff).get(SET_UP)
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.context["key"])
    assert page.context["key"] in page.text
