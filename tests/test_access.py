"""Every address, with every role, by GET and by POST, against one table.

The walk goes through the URLconf itself, the admin site too, and fails on an address that has
no row and on a row that has no address. Other people's objects answer as missing ones do.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

import pytest
from django.db import transaction
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity
from diedie_edu.portal.base_data import load_plan
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking
from residents_school.models import Lecture
from tests.support.access_models_table import MODELS
from tests.support.access_rows import FORBIDDEN, SIGN_IN, Row, rows
from tests.support.access_table import WHO
from tests.support.access_things import OF_A_SURVEY, Things, addresses, make_things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    in_table = {name for name, *_rest in rows()}
    assert sorted(in_table - addresses().keys()) == [], "rows without an address"
    assert sorted(addresses().keys() - in_table) == [], "addresses without a row"


# --- The walk --------------------------------------------------------------------------


@pytest.fixture
def knockers(
    make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> dict[str, tuple[User | None, Client]]:
    """A browser for everybody of `WHO`."""
    found: dict[str, tuple[User | None, Client]] = {"v": (None, Client())}
    for letter, (role, scope) in WHO.items():
        user = make_user(role, scope=scope)
        found[letter] = (user, as_user(user))
    return found


@pytest.fixture
def things(
    knockers: dict[str, tuple[User | None, Client]],
    make_lecture: Callable[..., Lecture],
    stranger: User,
) -> Things:
    load_plan()
    return make_things(
        make_lecture, stranger, [user for user, _client in knockers.values() if user]
    )


def app_of(row: Row) -> str:
    """Models of the admin site apart, so that a failure names one."""
    for line in filter(None, MODELS.splitlines()):
        if row[0].startswith(f"admin:{line.split()[0]}_"):
            return line.split()[0]
    return row[0].rpartition(":")[0] or row[0]


GROUPS = {app: list(group) for app, group in groupby(sorted(rows(), key=app_of), key=app_of)}


@pytest.mark.parametrize("app", GROUPS)
def test_doors_open_for_whom_they_should_and_for_nobody_else(
    app: str, knockers: dict[str, tuple[User | None, Client]], things: Things
) -> None:
    wrong = []
    for name, which, answers in GROUPS[app]:
        for letter, (user, client) in knockers.items():
            shut = SIGN_IN if letter == "v" else FORBIDDEN
            expected = answers.get(letter, (shut, shut))
            path = things.path(name, which, user)
            found = (
                knock(client, "get", path),
                knock(client, "post", path, things.form(name, which)),
            )
            if found != expected:
                wrong.append(f"{name} {which} {letter}: {found} instead of {expected}")
    assert not wrong, "\n".join(["", *wrong])


OF_NONE = "season|paper_|confirm_day|lists:|notices:"
# Whose letter stands in the table for the lead of a programme.
LIKE_A_LEAD = {"residents-school": "l", "after-school": "b"}


@pytest.mark.parametrize("slug", LIKE_A_LEAD)
def test_what_belongs_to_another_programme_answers_as_missing_does(
    slug: str,
    make_user: Callable[..., User],
    as_user: Callable[[User], Client],
    things: Things,
) -> None:
    """Pages of staff, with every activity and booking taken to a programme that is not their
    lead's."""
    for model in (Activity, Booking):
        model.objects.update(programme=Programme.objects.get(slug="happy-square"))
    client, wrong = as_user(make_user(Role.PROGRAMME_LEAD, scope=slug)), []
    for name, missing in pages_about_an_activity(slug):
        path, form = things.path(name, "", things.stranger), things.form(name, "")
        found = (knock(client, "get", path), knock(client, "post", path, form))
        if found != missing:
            wrong.append(f"{name}: {found} instead of {missing}")
    assert not wrong, "\n".join(["", *wrong])


def pages_about_an_activity(slug: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Those of staff alone, with what they answer where there is no such thing."""
    table = {(name, which): answers for name, which, answers in rows()}
    for (name, which), answers in table.items():
        is_of_school = name.startswith("after_school:")
        whose = table.get((name, ""), answers)  # what removes is only asked for what is missing
        is_staffs = which == "missing" and not {"v", "r", "u"} & whose.keys()
        is_about = name not in OF_A_SURVEY and not re.search(
            "season|survey_|burst|wishers|paper_|_day|lists:|notices:|publicity:|figures:", name
        )
        if is_staffs and is_about and is_of_school == (slug == "after-school"):
            yield name, answers.get(LIKE_A_LEAD[slug], (FORBIDDEN, FORBIDDEN))


def knock(client: Client, method: str, path: str, *form: dict[str, object]) -> str:
    """The answer in short; whatever it did is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(path, *form)
        transaction.set_rollback(True)
    client.cookies = cookies
    leads_to_sign_in = answer.headers.get("Location", "").startswith("/sign-in/?next=")
    return SIGN_IN if leads_to_sign_in else str(answer.status_code)
