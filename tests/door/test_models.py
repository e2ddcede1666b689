"""What the database refuses, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from diedie_edu.activities.models import ExcusedAbsence, Occasion
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.door.conftest import came

pytestmark = pytest.mark.django_db
WRITE = """
INSERT INTO activities_attendance
    (occasion_id, resident_id, arrived_at, how, is_extra, reason, walk_in_seat_id)
VALUES (%s, %s, now(), %s, %s, %s, %s)
"""


def write(occasion: Occasion, guest: Resident, how: str, is_extra: bool, reason: str, seat=None):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WRITE, [occasion.pk, guest.pk, how, is_extra, reason, seat])


@pytest.mark.parametrize(
    ("how", "is_extra", "reason"),
    [
        ("walk_in", True, ""),  # beyond the seats without a reason
        ("walk_in", False, "有人没来"),  # a reason for nothing
        ("list", True, "有人没来"),  # from the list, and beyond the seats
    ],
)
def test_beyond_the_seats_has_a_reason(
    occasion: Occasion, guest: Resident, how: str, is_extra: bool, reason: str
) -> None:
    with pytest.raises(IntegrityError, match="beyond_the_seats_has_a_reason"):
        write(occasion, guest, how, is_extra, reason)


def test_nobody_has_a_seat_and_is_beyond_the_seats(occasion: Occasion, guest: Resident) -> None:
    seat = guest.sign_ups.get().pk
    with pytest.raises(IntegrityError, match="beyond_the_seats_has_a_reason"):
        write(occasion, guest, "walk_in", True, "x", seat)


def test_the_way_of_checking_in_is_known(occasion: Occasion, guest: Resident) -> None:
    with pytest.raises(IntegrityError, match="way_of_checking_in_is_known"):
        write(occasion, guest, "magic", False, "")


def test_attendance_once(occasion: Occasion, guest: Resident) -> None:
    came(occasion, guest)
    with pytest.raises(IntegrityError, match="attendance_once"):
        write(occasion, guest, "list", False, "")


def test_an_excuse_has_a_reason(occasion: Occasion, guest: Resident) -> None:
    with pytest.raises(IntegrityError, match="excuse_has_a_reason"), transaction.atomic():
        ExcusedAbsence.objects.create(occasion=occasion, resident=guest, reason="", excused_at=NOW)


def test_an_absence_is_excused_once(occasion: Occasion, guest: Resident) -> None:
    excuse = {"occasion": occasion, "resident": guest, "reason": "x", "excused_at": NOW}
    ExcusedAbsence.objects.create(**excuse)
    with pytest.raises(IntegrityError, match="absence_excused_once"), transaction.atomic():
        ExcusedAbsence.objects.create(**excuse)
