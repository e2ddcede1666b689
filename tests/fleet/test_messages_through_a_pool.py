"""Messages: the races of one machine, once more through a pool."""

# ruff: noqa: F401, F403

import pytest

from tests.notices.conftest import *
from tests.notices.outbox.test_races import (
    test_control_without_compare_and_set_numbers_are_called_twice,
    test_four_processes_call_each_number_once,
    test_planning_at_the_same_moment_plans_once,
)
from tests.support.pgbouncer import needs_pgbouncer

pytestmark = [
    needs_pgbouncer,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pooled", "clock"),
]
