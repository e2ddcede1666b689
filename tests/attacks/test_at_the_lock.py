"""Whoever comes second stands before the lock, and decides on what the first has left.

One line for each lock: somebody holds the rows, and the call waits for them by asking for the lock,
not where it writes, which would be too late; or it passes them by.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import QuerySet

from tests.conftest import NOW
from tests.support import locks, locks_beside, locks_house, locks_of_programmes
from tests.support.access_house import furnished
from tests.support.locks import Line
from tests.support.races import Call, goes_past, stands_at, undone
from tests.support.tables import empty_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("committed")]


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One of each thing, for other connections too; nothing of it is changed."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        with transaction.atomic():
            furnished()
            locks_house.furnish()
        yield
        empty_tables()


LINES: list[Line] = [*locks.LINES, *locks_of_programmes.LINES]
BESIDE, TURNS = locks_beside.LINES, locks_beside.TURNS


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_the_second_waits_for_what_the_first_does(line: Line) -> None:
    _name, model, which, call = line
    row = model._base_manager.filter(**which).earliest("pk")
    statement = stands_at(held(model._base_manager.filter(pk=row.pk)), lambda: call(row))
    assert statement.startswith("SELECT ")  # which waits for a row only where it would lock it


@pytest.mark.parametrize(("_name", "hold", "call"), TURNS, ids=[turn[0] for turn in TURNS])
def test_what_has_no_row_goes_by_turns(_name: str, hold: Call, call: Call) -> None:
    statement = stands_at(hold, call)
    assert statement.startswith(("SELECT pg_advisory_xact_lock", "LOCK TABLE "))


@pytest.mark.parametrize("line", BESIDE, ids=[line[0] for line in BESIDE])
def test_what_others_hold_is_passed_by(line: Line) -> None:
    """Whatever would be done with them, who holds them does it, or the next tick."""
    _name, model, which, call = line
    rows = model._base_manager.filter(**which)
    assert undone(lambda: call(rows.earliest("pk"))), "nothing to do"
    assert not goes_past(held(rows), lambda: call(rows.earliest("pk")))


def held(rows: QuerySet) -> Call:
    return lambda: list(rows.select_for_update(of=("self",)))
