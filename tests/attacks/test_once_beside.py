"""What is done to one row leaves those beside it as they are, however alike; and the row itself
where it has changed since somebody looked at it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db.models import Model

from diedie_edu.accounts.permissions import Role
from diedie_edu.common.errors import Refused
from diedie_edu.notices.models import Notice
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.models import Booking
from happy_square import meet_up_messages as messages
from happy_square.actions import weekly_times
from tests.attacks.test_once import rows_of
from tests.conftest import NOW, new_user
from tests.support import (
    once,
    once_beside,
    once_beside_education,
    once_beside_programmes,
    once_ended,
    once_kept,
    once_stale,
)
from tests.support.access_house import for_the_module, furnished
from tests.support.groups import make_group, member, weekly
from tests.support.once import HOUR, another
from tests.support.once_beside import Line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house", "clock")]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with for_the_module(django_db_blocker):
        furnished()
        yield


LINES: list[Line] = [
    *once_beside.LINES,
    *once_beside_programmes.LINES,
    *once_beside_education.LINES,
]
STALE: list[once_stale.Line] = [*once_stale.LINES, *once_ended.LINES]


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_it_is_done_to_no_row_beside_it(line: Line) -> None:
    _name, make, beside, call = line
    row: Model = make()
    alike = [one if isinstance(one, Model) else another(row, **one) for one in beside(row)]
    before = rows_of(type(row))
    call(row, NOW + HOUR)
    after = rows_of(type(row))
    changed = {pk for pk in before if after.get(pk) != before[pk]}
    assert row.pk in changed
    assert [one for one in alike if one.pk in changed] == []


@pytest.mark.parametrize("line", STALE, ids=[line[0] for line in STALE])
def test_what_has_changed_meanwhile_stays(line: once_stale.Line) -> None:
    _name, make, became, call = line
    row: Model = make()
    changes = {name: value() if callable(value) else value for name, value in became.items()}
    type(row)._base_manager.filter(pk=row.pk).update(**changes)
    before = rows_of(type(row))[row.pk]
    with suppress(Refused):
        call(row, NOW + HOUR)
    assert rows_of(type(row))[row.pk] == before


@pytest.mark.parametrize("line", once_kept.LINES, ids=[line[0] for line in once_kept.LINES])
def test_what_is_settled_is_not_settled_anew(line: once_kept.Line) -> None:
    _name, make, fact, call = line
    row: Model = make()
    kept = type(row)._base_manager.filter(pk=row.pk).values_list(fact)
    before = kept.get()
    call(row, NOW + HOUR)
    assert kept.get() == before


def test_a_room_that_is_held_is_not_held_once_more() -> None:
    held = Booking.objects.filter(is_off=False).earliest("pk")
    assert bookings.hold_again(bookings=[held.pk]) == 0


def test_a_weekly_time_that_has_ended_is_told_once() -> None:
    group = make_group()
    member(group, new_user(Role.RESIDENT).resident)
    usual, _other = weekly(group), weekly(group, weekday=4)
    told = []
    for minute in range(2):
        weekly_times.end(usual=usual, by=once.staff(), now=NOW + minute * HOUR)
        told.append(Notice.objects.filter(kind=messages.TIMES.code).count())
    assert told == [1, 1]
