"""Every address, with every role, by GET and by POST, against one table.

The walk goes through the URLconf itself, the admin site too, and fails on an address that has
no row and on a row that has no address. Other people's objects answer as missing ones do.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from diedie_edu.accounts.models import PrivacyNotice, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity
from diedie_edu.people.models import ErasureRequest, Resident
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking
from tests.conftest import NOW, new_user, signed_in
from tests.support.access_house import House, for_the_module, furnished
from tests.support.access_rows import FORBIDDEN, SIGN_IN, Answers, rows
from tests.support.access_table import WHO
from tests.support.access_things import OF_A_SURVEY, Things, addresses
from tests.support.groups import make_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    in_table = {name for name, *_rest in rows()}
    assert sorted(in_table - addresses().keys()) == [], "rows without an address"
    assert sorted(addresses().keys() - in_table) == [], "addresses without a row"


# --- The walk --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """Made once: each row's test undoes what it did, and all is gone at the end."""
    with for_the_module(django_db_blocker):
        yield furnished()


def those(is_let_in: bool) -> list[Any]:
    """The rows with whom they let in, or else with whom they do not."""
    found = []
    for name, which, answers in rows():
        noes = {"v": SIGN_IN} | dict.fromkeys(WHO, FORBIDDEN)
        shut = {who: (no, no) for who, no in noes.items() if who not in answers}
        expected = answers if is_let_in else shut
        if expected:
            found.append(pytest.param(name, which, expected, id=f"{name} {which}".strip()))
    return found


@pytest.mark.parametrize(("name", "which", "expected"), those(is_let_in=False))
def test_a_door_is_shut_for_everybody_else(
    house: House, name: str, which: str, expected: Answers
) -> None:
    walk(house, name, which, expected)


@pytest.mark.parametrize(("name", "which", "expected"), those(is_let_in=True))
def test_a_door_opens_for_whom_it_should(
    house: House, name: str, which: str, expected: Answers
) -> None:
    walk(house, name, which, expected)


def walk(house: House, name: str, which: str, expected: Answers) -> None:
    found = {}
    for letter in expected:
        user, client = house.knockers[letter]
        found[letter] = both(client, house.things, name, which, user)
    assert found == expected


# --- What belongs to another programme -------------------------------------------------

# Whose letter stands in the table for the lead of a programme.
LIKE_A_LEAD = {"residents-school": "l", "after-school": "b", "happy-square": "o", "edu-base": "b"}
APPS = {"after_school", "happy_square", "edu_base"}  # the rest is opened by a lead of lectures
# What a programme has beside its activities belongs to it whatever becomes of these.
OF_ACTIVITIES = {
    "happy_square": "festival_|rehearsal_|visit|group_guidance|support_add",
    "edu_base": "event_(prepare|change|announce|call_off)|event_helper",
}
NOT_ABOUT_ONE = (
    "season|survey_|burst|wishers|(confirm|change)_day|lists:|notices:|publicity:|figures:"
)


def pages_about_an_activity() -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Those of staff alone, with the programme of a lead who may open them, and what they answer
    where there is no such thing."""
    table = {(name, which): answers for name, which, answers in rows()}
    for (name, which), answers in table.items():
        app, _colon, page = name.partition(":")
        slug = app.replace("_", "-") if app in APPS else "residents-school"
        whose = table.get((name, ""), answers)  # what removes is only asked for what is missing
        is_staffs = which == "missing" and not {"v", "r", "u"} & whose.keys()
        is_about = name not in OF_A_SURVEY and not re.search(NOT_ABOUT_ONE, name)
        if is_staffs and is_about and re.match(OF_ACTIVITIES.get(app, ""), page):
            yield name, slug, answers.get(LIKE_A_LEAD[slug], (FORBIDDEN, FORBIDDEN))


@pytest.mark.parametrize(("name", "slug", "missing"), list(pages_about_an_activity()))
def test_what_belongs_to_another_programme_answers_as_missing_does(
    house: House, name: str, slug: str, missing: tuple[str, str]
) -> None:
    """Every activity and booking is taken to a programme that is not their lead's."""
    another = "residents-school" if slug == "happy-square" else "happy-square"
    for model in (Activity, Booking):
        model.objects.update(programme=Programme.objects.get(slug=another))
    client = signed_in(new_user(Role.PROGRAMME_LEAD, scope=slug))
    assert both(client, house.things, name, "", house.things.stranger) == missing


# --- What is there, and not here -------------------------------------------------------

HIDDEN = {
    "happy_square:group": "v",
    "happy_square:poster": "v",
    "happy_square:join": "r",
    "happy_square:try_once": "r",
    "happy_square:festival": "v",
    "edu_base:event": "v",
    "edu_base:event_poster": "v",
    "edu_base:offer_interest": "r",
    "after_school:enrol": "r",
    "portal:privacy_edit": "b",
    "portal:erasure_do": "s",
    "portal:erasure_end": "s",
    "activities:sign_up_series": "r",
}


@pytest.mark.parametrize(("name", "letter"), HIDDEN.items())
def test_what_is_not_shown_answers_as_missing_does(house: House, name: str, letter: str) -> None:
    """Nothing is announced any more, the privacy notice is in force, requests are done."""
    user, client = house.knockers[letter]
    path = house.things.path(name, "", user)
    open_ones = ErasureRequest.objects.filter(ended_at=None)
    shown = knock(client, "get", path), knock(client, "post", path)
    announced = Activity.objects.filter(state=Activity.State.PUBLISHED)
    announced.update(state=Activity.State.DRAFT)
    PrivacyNotice.objects.update(in_force_from=NOW)
    open_ones.update(ended_at=NOW, ending="withdrawn")
    hidden = knock(client, "get", path), knock(client, "post", path)
    assert "404" in hidden
    assert hidden != shown


OF_ANOTHER = {
    "happy_square:member_since": "pk",
    "happy_square:leading_end": "pk",
    "happy_square:confirm_date": "pk",
    "happy_square:end_time": "pk",
    "after_school:guardian_seen": "child",
    "after_school:refusal_note": "child",
    "after_school:paper_withdrawal": "child",
}


@pytest.mark.parametrize(("name", "whose"), OF_ANOTHER.items())
def test_what_hangs_on_another_answers_as_missing_does(house: House, name: str, whose: str) -> None:
    user, client = house.knockers["s"]
    found = resolve(house.things.path(name, "", user))
    another = Resident.objects.filter(enrolments__isnull=False).latest("pk")
    number = make_group().pk if whose == "pk" else another.pk
    assert found.kwargs[whose] != number
    path = reverse(name, kwargs=found.kwargs | {whose: number})
    assert knock(client, "post", path, {}) == "404"


def both(
    client: Client, things: Things, name: str, which: str, user: User | None
) -> tuple[str, str]:
    """What GET and POST answer."""
    path, form = things.path(name, which, user), things.form(name, which)
    return knock(client, "get", path), knock(client, "post", path, form)


def knock(client: Client, method: str, path: str, *form: dict[str, object]) -> str:
    """The answer in short; whatever it did is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(path, *form)
        transaction.set_rollback(True)
    client.cookies = cookies
    leads_to_sign_in = answer.headers.get("Location", "").startswith("/sign-in/?next=")
    return SIGN_IN if leads_to_sign_in else str(answer.status_code)
