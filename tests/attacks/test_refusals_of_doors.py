"""What a door does not know, or does not open for this, it answers with no, and with nothing else;
what stands beside it opens."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest

from diedie_edu.activities.actions.taking import take_seats
from diedie_edu.activities.models import Activity, SignUp
from tests.conftest import NOW, new_lecture, the_programme, the_topic
from tests.support.access_house import House, for_the_module, furnished
from tests.support.refusals_of_doors import LINES, Line, status
from tests.support.seats import make_residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with for_the_module(django_db_blocker):
        yield furnished()


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_door_says_no(house: House, line: Line) -> None:
    assert status(house, line, line.yes) in {HTTPStatus.OK, HTTPStatus.FOUND}
    assert status(house, line, line.no) == line.answer


def test_the_statement_that_takes_seats_looks_whether_it_is_announced(house: House) -> None:
    """However the activity stood when its rules were asked."""
    about = {"programme": the_programme(), "topic": the_topic()}
    draft = new_lecture(state=Activity.State.DRAFT, **about)
    people = make_residents(1)
    assert take_seats(draft, people, None, NOW) == []
    assert not SignUp.objects.filter(activity=draft).exists()
    [seat] = take_seats(new_lecture(**about), people, None, NOW)
    assert SignUp.objects.get(pk=seat.pk).status == "seated"
