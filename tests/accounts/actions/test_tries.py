"""Counting what is tried in vain."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from diedie_edu.accounts.actions import tries
from diedie_edu.accounts.models import Tries
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
SPAN = timedelta(minutes=5)


def key(place: str = "192.0.2.1", after: timedelta = timedelta()) -> dict:
    return {"what": "numbers", "place": place, "within": SPAN, "now": NOW + after}


def test_tries_of_one_place_add_up_and_others_count_apart() -> None:
    for place in ("a", "a", "b"):
        tries.count_try(**key(place))
    assert [tries.tries_so_far(**key(place)) for place in "abc"] == [2, 1, 0]


def test_a_new_span_begins_at_nothing() -> None:
    tries.count_try(**key())
    assert tries.tries_so_far(**key(after=SPAN - timedelta(seconds=1))) == 1
    assert tries.tries_so_far(**key(after=SPAN)) == 0


def test_the_place_is_kept_as_a_hash_for_a_day() -> None:
    tries.count_try(**key())
    assert "192.0.2.1" not in Tries.objects.get().place_hash
    tries.forget_old_tries(NOW + timedelta(hours=23))
    assert Tries.objects.exists()
    tries.forget_old_tries(NOW + timedelta(hours=25))
    assert not Tries.objects.exists()


def test_a_place_has_one_row_in_a_span() -> None:
    tries.count_try(**key())
    row = Tries.objects.get()
    statement = "INSERT INTO accounts_tries (place_hash, since, number) VALUES (%s, %s, 1)"
    with pytest.raises(IntegrityError, match="tries_counted_once"), transaction.atomic():
        connection.cursor().execute(statement, [row.place_hash, row.since])
