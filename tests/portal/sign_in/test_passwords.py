from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import serializers
from django.test import Client, RequestFactory

from diedie_edu.accounts.permissions import Role
from tests.portal.sign_in.conftest import KNOWN, PASSWORD, UNKNOWN, account_in, code_for, prove

pytestmark = pytest.mark.django_db
NEW = "新密码new-one"


def sign_in(client: Client, phone: str = KNOWN, password: str = PASSWORD, **more: object):
    return client.post("/sign-in/", {"phone": phone, "password": password}, **more)


def test_phone_and_password_sign_in(client, known):
    assert sign_in(client).url == "/me/"
    assert account_in(client) == known.pk


@pytest.mark.parametrize("phone", ["+86 138 0013 8000", "138-0013-8000", "１３８００１３８０００"])
def test_the_phone_may_be_written_in_any_way(client, known, phone):
    assert sign_in(client, phone).url == "/me/"


def test_staff_arrive_at_their_desk(client, make_user):
    make_user(Role.STAFF, phone=KNOWN, password=PASSWORD)
    assert sign_in(client).url == "/desk/"


def test_whoever_is_signed_in_goes_on(as_user, known):
    assert as_user(known).get("/sign-in/?next=/lectures/").url == "/lectures/"


@pytest.mark.parametrize(
    ("wanted", "arrived"),
    [("/lectures/7/", "/lectures/7/"), ("https://evil.test/", "/me/"), ("//evil.test", "/me/")],
)
def test_the_way_leads_back_but_never_out(client, known, wanted, arrived):
    form = {"phone": KNOWN, "password": PASSWORD, "next": wanted}
    assert client.post("/sign-in/", form).url == arrived


def test_every_way_to_fail_is_answered_the_same(known, make_user):
    make_user(phone="13800138002", password=PASSWORD, is_active=False)
    make_user(phone="13800138003")  # without a password
    attempts = [(KNOWN, "x"), (UNKNOWN, "x"), ("13800138002", PASSWORD), ("13800138003", "x")]
    forms = [sign_in(Client(), *attempt).context["form"] for attempt in attempts]
    assert all(form.has_error("__all__", "no_match") for form in forms)
    assert len({str(form.errors) for form in forms}) == 1


def test_every_way_to_fail_costs_one_hash(known, make_user, monkeypatch):
    make_user(phone="13800138003")  # without a password
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for number, phone in enumerate((KNOWN, UNKNOWN, "13800138003", "no phone")):
        authenticate(RequestFactory().post("/sign-in/"), username=phone, password="wrong")
        assert len(hashed) == number + 1


def test_the_session_key_changes_at_the_door(client, known):
    client.post("/sign-in/code/", {"phone": KNOWN})
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert "sign_in" not in client.session


@pytest.mark.parametrize(("role", "hours"), [(Role.RESIDENT, 180 * 24), (Role.STAFF, 12)])
def test_residents_stay_signed_in_for_long_and_staff_for_a_working_day(
    client, make_user, role, hours
):
    make_user(role, phone=KNOWN, password=PASSWORD)
    cookie = sign_in(client).cookies["sessionid"]
    assert cookie["max-age"] == hours * 3600
    assert client.session.get_expiry_age() == hours * 3600


def test_the_language_of_the_account_is_spoken_on_a_new_device(client, make_user):
    make_user(phone=KNOWN, password=PASSWORD, language="en")
    assert sign_in(client).cookies["django_language"].value == "en"


def test_a_language_chosen_on_this_device_stays(client, make_user):
    make_user(phone=KNOWN, password=PASSWORD, language="en")
    client.cookies["django_language"] = "zh-hans"
    assert "django_language" not in sign_in(client).cookies


def fail(client: Client, times: int, phone: str = KNOWN, **more: object):
    return [sign_in(client, phone, "wrong", **more) for _ in range(times)][-1]


@pytest.mark.parametrize("phone", [KNOWN, UNKNOWN])
def test_five_failures_lock_the_door_and_say_until_when(client, known, phone):
    assert fail(client, 4, phone).status_code == 200
    locked = fail(client, 1, phone)
    assert locked.status_code == 429
    assert "10:15" in locked.content.decode()


def test_the_right_password_does_not_open_a_locked_door(client, known):
    fail(client, 5)
    assert sign_in(client).status_code == 429
    assert account_in(client) is None


def test_knocking_at_a_locked_door_does_not_keep_it_locked(client, known, clock):
    fail(client, 5)
    clock.shift(timedelta(minutes=14))
    assert "10:15" in sign_in(client).content.decode()
    clock.shift(timedelta(minutes=1, seconds=1))
    assert sign_in(client).url == "/me/"


def test_other_ways_to_write_the_phone_are_locked_too(client, known):
    fail(client, 3)
    fail(client, 1, "138 0013 8000")
    assert fail(client, 1, "+8613800138000").status_code == 429


def test_another_browser_does_not_help(known):
    for number in range(4):
        fail(Client(), 1, headers={"user-agent": f"Browser {number}"})
    assert fail(Client(), 1, headers={"user-agent": "Another"}).status_code == 429


def test_other_phones_and_other_addresses_are_not_locked(client, known, make_user):
    make_user(phone="13800138002", password=PASSWORD)
    fail(client, 5)
    assert sign_in(client, "13800138002").url == "/me/"
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).url == "/me/"


def test_a_code_opens_a_locked_door(client, known):
    fail(client, 5)
    assert prove(client, KNOWN) == "/me/"


def test_signing_in_wipes_earlier_failures(client, known):
    fail(client, 4)
    sign_in(client)
    assert fail(Client(), 1).status_code == 200


def test_the_counter_keeps_neither_phone_nor_password(client, known):
    fail(client, 2)
    kept = serializers.serialize("json", AccessAttempt.objects.all())
    assert KNOWN not in kept
    assert "wrong" not in kept


def test_signing_out_takes_a_form_not_a_link(as_user, known):
    client = as_user(known)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/"
    assert account_in(client) is None


def test_a_forgotten_password_is_set_anew_behind_a_code(client, known):
    assert prove(client, KNOWN, "/sign-in/forgotten/") == "/sign-in/new-password/"
    assert client.post("/sign-in/new-password/", {"password": NEW}).url == "/me/"
    assert account_in(client) == known.pk
    assert sign_in(Client(), password=NEW).url == "/me/"


def test_a_new_password_ends_the_other_sessions(client, known, as_user):
    other = as_user(known)
    prove(client, KNOWN, "/sign-in/forgotten/")
    client.post("/sign-in/new-password/", {"password": NEW})
    assert other.get("/me/").status_code == 302


def test_the_proof_serves_once(client, known):
    prove(client, KNOWN, "/sign-in/forgotten/")
    client.post("/sign-in/new-password/", {"password": NEW})
    assert client.get("/sign-in/new-password/").url == "/sign-in/forgotten/"


@pytest.mark.parametrize("weak", ["short", "12345678901", "password123"])
def test_a_weak_password_is_refused_beside_the_field(client, known, weak):
    prove(client, KNOWN, "/sign-in/forgotten/")
    answer = client.post("/sign-in/new-password/", {"password": weak})
    assert answer.context["form"].errors["password"]


def test_the_password_is_changed_with_the_old_one_and_the_session_goes_on(as_user, known):
    client = as_user(known)
    form = {"old_password": PASSWORD, "password": NEW}
    assert client.post("/me/password/", form).url == "/me/details/"
    assert client.get("/me/details/").status_code == 200
    assert sign_in(Client(), password=NEW).url == "/me/"


def test_the_old_password_cannot_be_guessed_there(as_user, known):
    client = as_user(known)
    for _ in range(10):
        client.post("/me/password/", {"old_password": "wrong", "password": NEW})
    answer = client.post("/me/password/", {"old_password": PASSWORD, "password": NEW})
    assert answer.context["form"].has_error("old_password", "too_many_guesses")


def test_without_a_password_a_code_opens_the_way(as_user, make_user):
    user = make_user(Role.RESIDENT, phone=KNOWN)
    client = as_user(user)
    assert client.get("/me/password/").url == "/sign-in/forgotten/"
    assert KNOWN in client.get("/sign-in/forgotten/").content.decode()
    assert prove(client, KNOWN, "/sign-in/forgotten/") == "/sign-in/new-password/"
    client.post("/sign-in/new-password/", {"password": NEW})
    assert sign_in(Client(), password=NEW).url == "/me/"


def test_a_code_for_another_phone_changes_nothing_of_mine(as_user, known, make_user):
    mine = make_user(Role.RESIDENT, phone=UNKNOWN, password=PASSWORD)
    client = as_user(mine)
    client.post("/sign-in/forgotten/", {"phone": KNOWN})
    client.post("/sign-in/code/enter/", {"code": code_for(KNOWN)})
    client.post("/sign-in/new-password/", {"password": NEW})
    assert account_in(client) == known.pk
    assert sign_in(Client(), UNKNOWN).url == "/me/"
