"""Codes and passwords: strangers use up nobody's allowance, and guessing is slow everywhere."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client

from diedie_edu.accounts import backends
from diedie_edu.accounts.actions import codes, devices
from diedie_edu.accounts.models import Device, OneTimeCode, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from tests.portal.sign_in.conftest import (
    KNOWN,
    PASSWORD,
    UNKNOWN,
    account_in,
    code_for,
    known,
    prove,
    standing_clock,
)

pytestmark = pytest.mark.django_db
__fixtures__ = (known, standing_clock)
ENTER = "/sign-in/code/enter/"
# Every page that sends a code, and every one that takes something secret: both lists are held
# against the source below.
SENDS = ["/sign-in/code/", "/sign-in/forgotten/", "/register/"]
_networks = count(1)


def stranger() -> Client:
    """Each from a network of its own."""
    number = next(_networks)
    return Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250}")


@pytest.fixture
def home(known: User) -> Client:
    """A browser that the owner of KNOWN has signed in with, and is signed out of."""
    client = Client()
    prove(client, KNOWN)
    client.post("/sign-out/")
    return client


def says(answer: Any, code: str, field: str = "phone") -> bool:
    return answer.context["form"].has_error(field, code)


@pytest.mark.parametrize("door", SENDS)
def test_strangers_do_not_shut_the_owner_out(home, door):
    for _ in range(6):
        stranger().post(door, {"phone": KNOWN})
    assert says(stranger().post(door, {"phone": KNOWN}), "too_many_codes")
    for own in SENDS:
        assert home.post(own, {"phone": KNOWN}).url == ENTER
    assert home.post(ENTER, {"code": code_for(KNOWN)}).status_code == 302


def test_who_is_signed_in_is_not_shut_out_either(known, as_user):
    """Even where no cookie was kept."""
    for _ in range(6):
        stranger().post("/sign-in/code/", {"phone": KNOWN})
    assert as_user(known).post("/sign-in/forgotten/", {"phone": KNOWN}).url == ENTER


def test_without_devices_they_do(home, monkeypatch):
    monkeypatch.setattr("diedie_edu.accounts.actions.visitors.recognise", lambda *_: None)
    for _ in range(6):
        stranger().post("/sign-in/code/", {"phone": KNOWN})
    assert says(home.post("/sign-in/code/", {"phone": KNOWN}), "too_many_codes")


@pytest.mark.parametrize("door", SENDS)
def test_a_phone_gets_ten_codes_a_day_however_they_are_asked_for(home, clock, door):
    for _ in range(24):
        stranger().post(door, {"phone": KNOWN})
        home.post(door, {"phone": KNOWN})
        clock.shift(timedelta(minutes=59))
    assert OneTimeCode.objects.filter(phone=KNOWN).count() <= 10 + 1  # the one of signing in


@pytest.mark.parametrize("phone", [KNOWN, UNKNOWN])
def test_the_refusal_tells_nobody_whether_a_phone_is_known(known, phone):
    for _ in range(6):
        stranger().post("/sign-in/code/", {"phone": phone})
    answer = stranger().post("/sign-in/code/", {"phone": phone})
    assert says(answer, "too_many_codes")
    assert re.search(r"以前登录过", answer.text)


def test_a_strangers_wish_burns_no_code_in_the_owners_hand(known):
    owner = Client()
    owner.post("/sign-in/code/", {"phone": KNOWN})
    code = code_for(KNOWN)
    other = stranger()
    other.post("/sign-in/code/", {"phone": KNOWN})
    for guess in range(5):
        other.post(ENTER, {"code": f"{(int(code) + 1 + guess) % 10**6:06d}"})
    assert other.post(ENTER, {"code": code}).status_code == 200
    assert owner.post(ENTER, {"code": code}).url == "/me/"


def test_an_ipv6_network_counts_as_one(settings):
    settings.CODES_PER_NETWORK = 3
    clients = [Client(REMOTE_ADDR=f"2001:db8:1:2::{number}") for number in range(4)]
    answers = [
        client.post("/sign-in/code/", {"phone": f"1370000000{number}"})
        for number, client in enumerate(clients)
    ]
    assert [answer.status_code for answer in answers] == [302] * 3 + [200]
    beside = Client(REMOTE_ADDR="2001:db8:1:3::1").post("/sign-in/code/", {"phone": KNOWN})
    assert beside.status_code == 302


def test_at_the_ceiling_whoever_keeps_accounts_is_alarmed_once(home, make_user, as_user, settings):
    settings.CODES_PER_HOUR = 2
    lead = make_user(Role.BRANCH_LEAD)
    for number in range(5):
        stranger().post("/sign-in/code/", {"phone": f"1370000000{number}"})
    told = Notice.objects.filter(kind="portal.house_is_full", account=lead, channel="sms")
    assert told.count() == 1
    assert "陌生浏览器" in as_user(lead).get("/desk/").text
    assert home.post("/sign-in/code/", {"phone": KNOWN}).url == ENTER


# --- Passwords -------------------------------------------------------------------------


def guess(client: Client, number: int = 1, phone: str = KNOWN) -> Any:
    for _ in range(number):
        answer = client.post("/sign-in/", {"phone": phone, "password": "wrong"})
    return answer


@pytest.mark.parametrize("phone", [KNOWN, UNKNOWN])
def test_many_networks_guess_at_one_account_together(known, home, phone):
    for _ in range(10):
        guess(stranger(), phone=phone)
    assert says(guess(stranger(), phone=phone), "too_many_guesses", "__all__")
    right = stranger().post("/sign-in/", {"phone": KNOWN, "password": PASSWORD})
    assert (right.status_code == 302) == (phone == UNKNOWN)


def test_the_owner_still_comes_in_by_the_own_browser_and_by_a_code(known, home):
    for _ in range(11):
        guess(stranger())
    elsewhere = stranger()
    assert prove(elsewhere, KNOWN) == "/me/"
    assert home.post("/sign-in/", {"phone": KNOWN, "password": PASSWORD}).url == "/me/"


def test_guesses_from_the_owners_network_lock_the_own_browser_not_out(known, home):
    assert guess(Client(), 5).status_code == 429
    assert home.post("/sign-in/", {"phone": KNOWN, "password": PASSWORD}).url == "/me/"


def test_a_stolen_browser_guesses_no_longer_than_others(known, home):
    guess(home, 10)
    answer = home.post("/sign-in/", {"phone": KNOWN, "password": PASSWORD})
    assert says(answer, "too_many_guesses", "__all__")


def test_one_network_guesses_at_many_accounts(known, settings):
    settings.GUESSES_PER_NETWORK = 3
    for number in range(3):
        guess(Client(), phone=f"1370000000{number}")
    assert says(guess(Client()), "too_many_guesses", "__all__")
    assert not says(guess(stranger()), "too_many_guesses", "__all__")


def test_many_networks_guess_at_many_accounts(known, home, settings):
    settings.GUESSES_PER_HOUR = 3
    for number in range(3):
        guess(stranger(), phone=f"1370000000{number}")
    assert says(guess(stranger()), "house_is_full", "__all__")
    assert home.post("/sign-in/", {"phone": KNOWN, "password": PASSWORD}).url == "/me/"
    assert prove(stranger(), KNOWN) == "/me/"


def test_without_counting_nothing_slows_them(known, monkeypatch):
    monkeypatch.setattr(backends.guesses, "count_guess", lambda *_, **__: None)
    for _ in range(12):
        answer = guess(stranger())
    assert says(answer, "no_match", "__all__")


# --- Browsers --------------------------------------------------------------------------


def test_whoever_used_a_computer_before_knows_none_of_those_that_come_after(known, make_user):
    """Somebody copies the cookie of a shared computer before another signs in there."""
    make_user(Role.RESIDENT, phone=UNKNOWN, password=PASSWORD)
    shared = Client()
    prove(shared, UNKNOWN)
    copied = shared.cookies["device"].value
    shared.post("/sign-out/")
    prove(shared, KNOWN)
    shared.post("/sign-out/")
    thief = stranger()
    thief.cookies["device"] = copied
    for _ in range(10):
        guess(stranger())
    assert says(guess(thief), "too_many_guesses", "__all__")
    assert not says(guess(shared), "too_many_guesses", "__all__")


@pytest.mark.parametrize("made_up", ["x" * 22, "", "." * 500, "a" * 5000, "'; DROP"])
def test_a_made_up_browser_is_a_stranger(home, made_up):
    client = stranger()
    client.cookies["device"] = made_up
    for _ in range(10):
        guess(stranger())
    assert says(guess(client), "too_many_guesses", "__all__")


def test_an_ended_browser_is_signed_out_and_a_stranger(known):
    client = Client()
    prove(client, KNOWN)
    assert account_in(client) == known.pk
    devices.end(Device.objects.get())
    assert client.get("/me/").status_code == 302
    for _ in range(10):
        guess(stranger())
    assert says(guess(client), "too_many_guesses", "__all__")


def test_the_cookie_is_for_the_browser_alone(known):
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"})
    prove(client, KNOWN)
    cookie = client.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    device = Device.objects.get()
    assert cookie.value not in str(vars(device))
    assert str(device) == "微信 · Android"


def test_a_code_for_the_family_or_a_new_phone_is_bound_and_counted_too(
    as_user, make_user, settings
):
    """By the account that asks; a stranger's ceiling does not hold it up."""
    settings.CODES_PER_HOUR = 0
    settings.CODES_PER_ACCOUNT = 1
    client = as_user(make_user(Role.RESIDENT))
    assert client.post("/me/phone/", {"phone": "13700000001"}).status_code == 302
    assert says(client.post("/me/phone/", {"phone": "13700000002"}), "too_many_codes")
    code = code_for("13700000001")
    other = as_user(make_user(Role.RESIDENT))
    session = other.session
    session["new_phone"] = {"phone": "13700000001", "takes_along": False}
    session.save()
    assert says(other.post("/me/phone/code/", {"code": code}), "code_gone", "code")
    assert client.post("/me/phone/code/", {"code": code}).status_code == 302


def test_the_browsers_secret_is_what_binds_a_code(known, monkeypatch):
    """Without it in the row, whoever knows the digits comes in anywhere."""
    same: Callable[..., list[str]] = lambda *_: [OneTimeCode.objects.get().browser_hash]  # noqa: E731
    owner, other = Client(), stranger()
    owner.post("/sign-in/code/", {"phone": KNOWN})
    code = code_for(KNOWN)
    session = other.session
    session["sign_in"] = dict(owner.session["sign_in"])
    session.save()
    assert says(other.post(ENTER, {"code": code}), "code_gone", "code")
    monkeypatch.setattr(codes, "keyed_hashes", same)
    assert other.post(ENTER, {"code": code}).url == "/me/"
