"""The small form of `make scale`: a town of a few people, opened by whoever sees most."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.scale.city import Size, fill
from tests.scale.reading import Seen, see
from tests.scale.report import Grown
from tests.scale.walk import Page, pages_of, queries_of
from tests.support.access_house import furnished

PEOPLE, SIGN_UPS = 20_000, 8000
# Pages, and how many rows a statement of theirs may touch in a town of so many.
TOUCHED = {
    "admin:people_resident_changelist ?q=陈建": 5000,
    "admin:people_resident_changelist ?q=xjc": 5000,
    "admin:people_resident_changelist ?q=5678": 5000,
    "admin:activities_signup_changelist": 4000,
    "admin:notices_notice_changelist": 15_000,
    "edu_base:offer": 5000,
    "happy_square:count_sheet": 5000,
    "portal:data": 5000,
    "portal:person_family": 5000,
}


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Page]]:
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        pages = pages_of(furnished())
        fill(Size(PEOPLE, 3, SIGN_UPS, 40_000, 60))
        with connection.cursor() as cursor:
            for index in ("resident_signs", "household_numbers"):
                cursor.execute("SELECT gin_clean_pending_list(%s)", [index])
            cursor.execute("ANALYZE")
        yield pages
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def then() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(pages: list[Page], name: str) -> Page:
    return next(page for page in pages if page.name == name)


@pytest.mark.django_db
def test_a_town_is_filled(town: list[Page]) -> None:
    assert PEOPLE <= Resident.objects.count() <= PEOPLE + 400
    assert SIGN_UPS <= SignUp.objects.count() <= SIGN_UPS + 400
    assert Resident.objects.filter(sort_key__startswith="xian3冼").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["portal:home", "portal:my_page", "door:no_shows", "portal:desk"])
def test_a_page_is_read_statement_by_statement(town: list[Page], name: str) -> None:
    seen = see(page_of(town, name).client, page_of(town, name).path)
    assert seen.status == 200
    assert seen.statements
    assert all(one.planning > 0 and one.blocks >= 0 for one in seen.statements)


@pytest.mark.django_db
def test_a_list_is_asked_by_its_links_and_words(town: list[Page]) -> None:
    page = page_of(town, "admin:people_resident_changelist")
    queries = queries_of(page, see(page.client, page.path).text)
    assert {"q=5678", "q=xjc"} <= set(queries)
    assert any(query.startswith("residency") for query in queries)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "most"), TOUCHED.items())
def test_what_was_mended_does_not_touch_all_rows(town: list[Page], name: str, most: int) -> None:
    """The plan is held, not the time."""
    bare, _space, query = name.partition(" ?")
    page = page_of(town, bare)
    seen = see(page.client, f"{page.path}?{query}")
    assert seen.status == 200
    assert max(one.rows for one in seen.statements) < most


def test_a_page_that_grows_is_told() -> None:
    few, many = Seen(200, 20, 1000, ""), Seen(200, 50, 1000, "")
    assert Grown(("a", "s"), few, many).is_missed
    assert not Grown(("a", "s"), few, Seen(200, 50, 2500, "")).is_missed  # a list that fills
