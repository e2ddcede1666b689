"""Lists that leave covered show nobody whole, come back as they are, and stand covered before they
are loaded."""

from collections.abc import Iterator
from typing import Any

import pytest

from diedie_edu.lists.plans import ListPlan
from tests.support.access_house import House, for_the_module, furnished
from tests.support.masks import Person, called_anew, seen
from tests.support.masks_lists import (
    NAME_AND_PHONE,
    NOTHING,
    SHOWN,
    WITHOUT_NUMBER,
    come_back,
    lines,
    send_home,
    words_in,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WHO = {slug: letter for slug, letter, _what in lines() if "." not in slug}
READERS = WHO | {"residents": "s", "volunteers": "s"}


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[House, list[Person]]]:
    with for_the_module(django_db_blocker):
        house = furnished()
        send_home()
        yield house, called_anew()


@pytest.mark.parametrize(("slug", "letter", "what"), list(lines()))
def test_a_list_leaves_covered(
    made: tuple[House, list[Person]], slug: str, letter: str, what: list[str]
) -> None:
    house, people = made
    words = words_in(written(slug, house.knockers[letter][0]))
    for each in what:
        covered, whole = seen(words, people, each)
        assert covered
        assert not whole


@pytest.mark.parametrize(("slug", "codes"), NOTHING.items())
def test_of_some_columns_nothing_leaves(
    made: tuple[House, list[Person]], slug: str, codes: list[str]
) -> None:
    rows = written(slug, made[0].knockers[WHO[slug]][0])
    assert rows
    assert {str(row[code]) for row in rows for code in codes} == {""}


@pytest.mark.parametrize("slug", WHO)
def test_a_covered_list_comes_back_as_it_is(made: tuple[House, list[Person]], slug: str) -> None:
    assert_same(come_back(slug, made[0].knockers[WHO[slug]][0]))


@pytest.mark.parametrize(("slug", "number", "typed"), WITHOUT_NUMBER)
def test_without_a_number_too(
    made: tuple[House, list[Person]], slug: str, number: str, typed: tuple[str, ...]
) -> None:
    reader = made[0].knockers[WHO[slug]][0]
    assert_same(come_back(slug, reader, typed, without={number}))


def assert_same(plan: ListPlan) -> None:
    assert [str(fault) for fault in plan.table.faults] == []
    assert plan.counts()["rows_same"] == plan.counts()["rows_total"] > 0


@pytest.mark.parametrize(("slug", "what"), SHOWN)
def test_what_somebody_typed_whole_is_shown_covered(
    made: tuple[House, list[Person]], slug: str, what: list[str]
) -> None:
    house, people = made
    plan = come_back(slug, house.knockers[READERS[slug]][0], typed=NAME_AND_PHONE)
    words = "\n".join(" ".join(map(str, plan.shown(entry))) for entry in plan.entries)
    for each in what:
        covered, whole = seen(words, people, each)
        assert covered
        assert not whole
