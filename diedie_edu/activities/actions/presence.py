"""Check-ins that are taken back, and the places in the queue that the door had ended.

Lock order: activity → sign-up → attendance; the activity's row is held by the caller.
"""

from collections.abc import Collection
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, AttendanceUndone, Occasion, SignUp
from diedie_edu.activities.queries.sign_ups import live_sign_up
from diedie_edu.activities.rules.presence import is_before_the_door

Status = SignUp.Status
WAITS = {
    "status": Status.WAITING,
    "seated_at": None,
    "cancelled_at": None,
    "cancelled_by": None,
}


def take_back(
    *, occasion: int, people: Collection[int], by: User, now: datetime
) -> list[Attendance]:
    """Entries (of residents' ids) that hold no longer; what they said and who did both is kept.

    Whoever came in beyond the seats waits again where they had waited. What the entries were.
    """
    found = Attendance.objects.filter(occasion=occasion, resident__in=people)
    gone = list(found.select_related("resident", "queue_place"))
    AttendanceUndone.objects.bulk_create(
        AttendanceUndone(
            occasion_id=row.occasion_id,
            resident=row.resident,
            arrived_at=row.arrived_at,
            how=row.how,
            recorded_by_id=row.recorded_by_id,
            undone_at=now,
            undone_by=by,
        )
        for row in gone
    )
    found.delete()
    for row in gone:
        if row.queue_place is not None:
            wait_again(row.queue_place)
    return gone


def wait_again(place: SignUp) -> None:
    """Alone, by the time at which they signed up; who sits by now does not wait."""
    if live_sign_up(place.activity_id, place.resident_id) is None:
        SignUp.objects.filter(pk=place.pk).update(party=None, **WAITS)


def take_back_too_early(occasion: Occasion, by: User, now: datetime) -> None:
    """After a move: whoever was in at the old time has not come to the new one yet."""
    if is_before_the_door(occasion, now):
        rows = Attendance.objects.filter(occasion=occasion, resident__isnull=False)
        people = list(rows.values_list("resident", flat=True))
        take_back(occasion=occasion.pk, people=people, by=by, now=now)
