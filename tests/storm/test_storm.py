"""A small `make storm`: requests of all kinds at the same moment, and nothing wrong is seen."""

import pytest

from tests.storm.story import NAMES, Storm
from tests.storm.without import guard_of_the_database_alone, taken_out

pytestmark = pytest.mark.django_db(transaction=True)
SEED, REQUESTS = 10, 300


def test_three_hundred_requests_leave_nothing_wrong() -> None:
    storm = Storm(SEED, REQUESTS).play()
    assert storm.faults == [], storm.table()
    assert storm.sent == REQUESTS
    assert sum(storm.done[name] > 0 for name in NAMES) >= len(NAMES) - 4, storm.table()


def test_control_without_the_rule_the_same_requests_show_it() -> None:
    with taken_out(guard_of_the_database_alone):
        assert Storm(SEED, REQUESTS).play().faults
