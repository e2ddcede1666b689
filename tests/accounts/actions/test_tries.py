"""Counting what is tried."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction

from diedie_edu.accounts.actions import tries
from diedie_edu.accounts.models import Tries
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
SPAN = timedelta(minutes=5)
NUMBERS = tries.Throttle("numbers", "KIOSK_MISSES", SPAN)
PLACE = "192.0.2.1"


@pytest.fixture(autouse=True)
def two_tries(settings: LazySettings) -> None:
    settings.KIOSK_MISSES = 2


def test_tries_of_one_place_add_up_and_others_count_apart() -> None:
    for place in ("a", "a", "b"):
        NUMBERS.count(place, NOW)
    assert [NUMBERS.is_used_up(place, NOW) for place in "abc"] == [True, False, False]
    assert not tries.Throttle("papers", "KIOSK_MISSES", SPAN).is_used_up("a", NOW)


def test_a_new_span_begins_at_nothing() -> None:
    for _time in range(2):
        NUMBERS.count(PLACE, NOW)
    assert NUMBERS.is_used_up(PLACE, NOW + SPAN - timedelta(seconds=1))
    assert not NUMBERS.is_used_up(PLACE, NOW + SPAN)


def test_the_limit_is_read_when_it_is_asked_for(settings: LazySettings) -> None:
    settings.KIOSK_MISSES = 0
    assert NUMBERS.is_used_up(PLACE, NOW)


def test_the_place_is_kept_as_a_hash_for_a_day() -> None:
    NUMBERS.count(PLACE, NOW)
    assert PLACE not in Tries.objects.get().place_hash
    tries.forget_old_tries(NOW + timedelta(hours=23))
    assert Tries.objects.exists()
    tries.forget_old_tries(NOW + timedelta(hours=25))
    assert not Tries.objects.exists()


def test_a_place_has_one_row_in_a_span() -> None:
    NUMBERS.count(PLACE, NOW)
    row = Tries.objects.get()
    statement = "INSERT INTO accounts_tries (place_hash, since, number) VALUES (%s, %s, 1)"
    with pytest.raises(IntegrityError, match="tries_counted_once"), transaction.atomic():
        connection.cursor().execute(statement, [row.place_hash, row.since])
