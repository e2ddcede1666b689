import re
from datetime import timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import OneTimeCode
from diedie_edu.notices.models import Notice
from tests.portal.sign_in.conftest import KNOWN, UNKNOWN, account_in, code_for, prove

pytestmark = pytest.mark.django_db
DOORS = ["/sign-in/code/", "/register/", "/sign-in/forgotten/"]
ENTER, AGAIN = "/sign-in/code/enter/", "/sign-in/code/again/"


def page(client: Client, address: str) -> str:
    """A page without what differs between any two visitors."""
    text = client.get(address).content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"138\*{4}800[01]", "phone", text)


@pytest.mark.parametrize("door", DOORS)
def test_known_and_unknown_phones_get_the_same_answer(
    known, door, django_assert_num_queries, django_assert_max_num_queries
):
    visitors = {KNOWN: Client(), UNKNOWN: Client()}
    with django_assert_max_num_queries(30) as for_known:
        answer = visitors[KNOWN].post(door, {"phone": KNOWN})
    with django_assert_num_queries(len(for_known)):
        other = visitors[UNKNOWN].post(door, {"phone": UNKNOWN})
    assert (answer.status_code, answer.url) == (other.status_code, other.url) == (302, ENTER)
    assert page(visitors[KNOWN], ENTER) == page(visitors[UNKNOWN], ENTER)
    kinds = Notice.objects.order_by("pk").values_list("kind", "status", "channel")
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("door", DOORS)
def test_a_wrong_code_is_answered_the_same_for_both(known, door):
    answers = []
    for phone in (KNOWN, UNKNOWN):
        client = Client()
        client.post(door, {"phone": phone})
        answers.append(client.post(ENTER, {"code": "x"}).status_code)
        answers.append(page(client, ENTER))
    assert answers[:2] == answers[2:]


def test_a_known_phone_signs_in_by_code(client, known):
    assert prove(client, KNOWN) == "/me/"
    assert account_in(client) == known.pk


def test_an_unknown_phone_goes_on_to_register(client):
    assert prove(client, UNKNOWN) == "/register/name/"
    assert account_in(client) is None


def test_registering_a_known_phone_signs_in_and_says_so(client, known):
    client.cookies["django_language"] = "en"
    assert prove(client, KNOWN, "/register/") == "/me/"
    assert account_in(client) == known.pk
    assert "already had an account" in client.get("/me/").content.decode()


def test_an_account_that_was_closed_stays_out(client, known):
    known.is_active = False
    known.save()
    assert prove(client, KNOWN) == "/sign-in/"
    assert account_in(client) is None


def test_the_way_leads_back_to_where_it_began(client, known):
    assert prove(client, KNOWN, next="/lectures/7/?a=b") == "/lectures/7/?a=b"


@pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test/", "javascript:x"])
def test_the_way_never_leads_out_of_the_portal(client, known, elsewhere):
    assert prove(client, KNOWN, next=elsewhere) == "/me/"


def test_the_phone_is_in_no_address_and_masked_on_the_page(client, known):
    answer = client.post("/sign-in/code/", {"phone": KNOWN}, follow=True)
    assert all(KNOWN not in url for url, _status in answer.redirect_chain)
    assert KNOWN not in answer.content.decode()
    assert "138****8000" in answer.content.decode()


def test_the_page_survives_a_reload(client, known):
    client.post("/sign-in/code/", {"phone": KNOWN})
    assert page(client, ENTER) == page(client, ENTER)
    assert client.post(ENTER, {"code": code_for(KNOWN)}).url == "/me/"


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3} {:.3}"])
def test_spaces_around_the_digits_do_no_harm(client, known, typed):
    client.post("/sign-in/code/", {"phone": KNOWN})
    code = code_for(KNOWN)
    answer = client.post(ENTER, {"code": typed.format(code, code[3:])})
    assert answer.url == "/me/"


def test_full_width_digits_are_digits(client, known):
    client.post("/sign-in/code/", {"phone": KNOWN})
    wide = code_for(KNOWN).translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert client.post(ENTER, {"code": wide}).url == "/me/"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "①②③④⑤⑥⑦"])
def test_what_is_no_code_costs_no_try(client, known, typed):
    client.post("/sign-in/code/", {"phone": KNOWN})
    answer = client.post(ENTER, {"code": typed})
    assert answer.context["form"].errors["code"]
    assert OneTimeCode.objects.get().tries == 0


def test_a_wrong_code_is_said_beside_the_field(client, known):
    client.post("/sign-in/code/", {"phone": KNOWN})
    wrong = "000000" if code_for(KNOWN) != "000000" else "000001"
    answer = client.post(ENTER, {"code": wrong})
    assert answer.context["form"].has_error("code", "code_wrong")


def test_a_landline_is_told_what_to_do_beside_the_field(client):
    answer = client.post("/register/", {"phone": "0757-81234567"})
    assert answer.context["form"].has_error("phone", "not_mobile")


@pytest.mark.parametrize("address", [ENTER, "/register/name/", "/sign-in/new-password/"])
def test_a_later_step_cannot_come_first(client, known, address):
    assert client.get(address).status_code == 302
    assert client.post(address, {"code": "000000", "password": "x"}).status_code == 302
    assert account_in(client) is None


@pytest.mark.parametrize("address", ["/register/name/", "/sign-in/new-password/"])
def test_a_code_that_was_only_sent_proves_nothing(client, known, address):
    client.post("/sign-in/forgotten/", {"phone": KNOWN})
    assert client.get(address).status_code == 302


def test_the_phone_is_forgotten_after_an_hour(client, known, clock):
    client.post("/sign-in/code/", {"phone": KNOWN})
    clock.shift(timedelta(minutes=61))
    assert client.get(ENTER).url == "/sign-in/code/"


def test_a_strangers_phone_lies_in_the_session_table_for_an_hour(client):
    client.post("/sign-in/code/", {"phone": UNKNOWN})
    assert client.session.get_expiry_age() == 3600


def test_a_new_code_can_be_asked_for_after_a_minute(client, known, clock):
    client.post("/sign-in/code/", {"phone": KNOWN})
    first = code_for(KNOWN)
    client.cookies["django_language"] = "en"
    assert "after a minute" in client.post(AGAIN, follow=True).content.decode()
    clock.shift(timedelta(seconds=61))
    assert client.post(AGAIN).url == ENTER
    assert Notice.objects.filter(address=KNOWN).count() == 2
    assert (code_for(KNOWN) == first) or client.post(ENTER, {"code": first}).status_code == 200


def test_too_many_codes_are_refused_with_the_time_of_the_next(client, known, clock):
    for _ in range(6):
        client.post("/sign-in/code/", {"phone": KNOWN})
        clock.shift(timedelta(minutes=2))
    answer = client.post("/sign-in/code/", {"phone": KNOWN})
    assert "10:00" in str(answer.context["form"].errors["phone"])


def test_a_code_is_counted_by_the_address_behind_our_proxy(client, settings):
    settings.PROXY_COUNT = 1
    for address in ("198.51.100.1", "198.51.100.2"):
        headers = {"X-Forwarded-For": address}
        Client().post("/sign-in/code/", {"phone": f"1380013800{address[-1]}"}, headers=headers)
    assert OneTimeCode.objects.values("place_hash").distinct().count() == 2
