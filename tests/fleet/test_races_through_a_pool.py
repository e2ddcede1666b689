"""Seats and the end of a day: the races of one machine, once more through a pool."""

# ruff: noqa: F401, F403

import pytest

from tests.activities.races.conftest import activity
from tests.activities.races.test_signing_up import (
    overbookable,
    test_control_counting_first_overbooks,
    test_eight_taps_give_one_sign_up,
    test_sixty_people_take_exactly_twenty_seats,
)
from tests.after_school.conftest import *
from tests.after_school.off.conftest import off
from tests.after_school.off.test_races import (
    enter,
    test_a_child_that_is_just_let_in_is_one_of_those_inside,
)
from tests.after_school.test_two_tablets import (
    children,
    inside,
    test_a_child_goes_with_one_of_two_people,
    test_nobody_arrives_at_a_session_that_has_just_closed,
    test_whoever_arrives_while_the_session_closes_is_seen,
    test_without_the_lock_a_hand_over_is_lost,
)
from tests.support.pgbouncer import needs_pgbouncer

pytestmark = [
    needs_pgbouncer,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pooled"),
]
