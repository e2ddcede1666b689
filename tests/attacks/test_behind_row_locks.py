"""Whoever writes while another writes waits in the trigger, and is judged by what is then true."""

from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.conftest import NOW
from tests.support import (
    row_locks,
    row_locks_children,
    row_locks_groups,
    row_locks_money,
    row_locks_people,
)
from tests.support.access_house import furnished
from tests.support.races import Call, stopped_behind, undone
from tests.support.refusals import check_at_once
from tests.support.tables import all_rows, empty_tables, put_back

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("house")]
PLACES = (row_locks_people, row_locks_children, row_locks_groups, row_locks_money)
LINES = [line for place in PLACES for line in place.LINES]


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker: Any) -> dict[str, bytes]:
    """One of each thing, made once."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        with transaction.atomic():
            furnished()
            row_locks.furnish()
        made = all_rows()
        empty_tables()
    return made


@pytest.fixture
def house(transactional_db: None, rows: dict[str, bytes], clock: object) -> None:
    put_back(rows)


@pytest.mark.parametrize(
    ("first", "second", "guard"), [pytest.param(*line[1:], id=line[0]) for line in LINES]
)
def test_the_second_is_judged_by_what_the_first_has_left(
    first: Call, second: Call, guard: str
) -> None:
    undone(lambda: [second(), check_at_once()])  # which nothing else stops
    assert stopped_behind(first, second) == guard
