"""Where a name or a number stands covered, nobody of those who stand there does so whole."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse

from diedie_edu.common.alike import reads_as_covered_name, reads_as_full_name, with_phone
from diedie_edu.people.models import Resident
from diedie_edu.venues.models import Venue
from tests.support.access_house import House, for_the_module, furnished
from tests.support.masks import COVERED, WHOLE, Person, called_anew, seen, signed_in_anew
from tests.support.masks_pages import BEHIND, opened, pages
from tests.support.masks_said import NEWCOMER, SAID

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[House, list[Person]]]:
    """Once; what a test does is undone."""
    with for_the_module(django_db_blocker):
        house = furnished()
        people = called_anew()
        yield signed_in_anew(house), people


def named(table: dict[Callable[[House], str], str]) -> list[Any]:
    return [pytest.param(*line, id=line[0].__name__) for line in table.items()]


@pytest.mark.parametrize(("name", "letter", "way", "what"), list(pages()))
def test_who_is_covered_on_a_page_stands_nowhere_whole(
    made: tuple[House, list[Person]], name: str, letter: str, way: str, what: str
) -> None:
    house, people = made
    covered, whole = seen(opened(house, name, letter, way), people, what)
    assert covered
    assert not (whole if what == "phone" else covered & whole)


@pytest.mark.parametrize(("say", "what"), named(BEHIND | SAID))
def test_who_is_named_elsewhere_is_covered(
    made: tuple[House, list[Person]], say: Callable[[House], str], what: str
) -> None:
    words = say(made[0])
    assert COVERED[what](NEWCOMER) in words
    assert WHOLE[what](NEWCOMER) not in words


def test_who_reads_alike_covered_is_told_apart() -> None:
    """The names as they stand there, and of the numbers what is shown."""
    one, other = (
        Resident(full_name=name, phone=phone)
        for name, phone in (("剀某瀀", "13977770001"), ("剀甲瀀", "13911110001"))
    )
    assert reads_as_covered_name(one) == reads_as_covered_name(other) == "剀*瀀"
    assert reads_as_full_name(one) != reads_as_full_name(other)
    reads = with_phone(reads_as_covered_name)
    assert reads(one) == reads(other) == ("剀*瀀", "139****0001")


def test_the_admin_site_speaks_of_accounts_by_name(made: tuple[House, list[Person]]) -> None:
    """Who reads its pages, and who has changed what, is not said by a phone."""
    house, people = made
    user, client = house.knockers["b"]
    other, _client = house.knockers["s"]
    venue = Venue.objects.earliest("pk")
    LogEntry.objects.log_actions(other.pk, [venue], CHANGE, "改名", single_object=True)
    page = client.get(reverse("admin:venues_venue_history", args=[venue.pk])).text
    assert user.display_name in page
    assert other.display_name in page
    assert not seen(page, people, "phone")[1]
