"""The headcount of a date: who came, and how many guests beside them.

Lock order: the group → the meet-up → attendances. Who did it is kept, also where the sheet of paper
is typed in later by staff.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import presence
from diedie_edu.activities.models import Attendance, How
from diedie_edu.door.rules import opening
from happy_square.actions.dates import lock_groups
from happy_square.actions.members import gate_in_words
from happy_square.models import MeetUp
from happy_square.queries import counting


@transaction.atomic
def count(*, meet_up: MeetUp, came: Collection[int], guests: int, by: User, now: datetime) -> int:
    """Set who came (ids, of `counting.people_at`) and how many guests; how many people there were.

    Doing it again puts it right: entries that go are kept as taken back. Raises `Refused` before
    the door opens, some days after the end, of what was called off, and `child` where a child may
    not be written down.
    """
    lock_groups([meet_up.group_id])
    locked = MeetUp.objects.select_for_update(of=("self",)).select_related("occasion")
    row = locked.get(pk=meet_up.pk)
    opening.check_register_open(row.occasion, now)
    here = set(counting.came_to(row))
    known = set(counting.people_at(row).values_list("pk", flat=True))
    with gate_in_words():
        _enter(row, (set(came) & known) - here, by, now)
    presence.take_back(occasion=row.pk, people=here - set(came), by=by, now=now)
    row.guests, row.counted_at, row.counted_by = guests, now, by
    row.save(update_fields=["guests", "counted_at", "counted_by"])
    return len(set(came) & known) + guests


def _enter(meet_up: MeetUp, people: Collection[int], by: User, now: datetime) -> None:
    occasion = meet_up.occasion
    is_late = opening.door_phase(occasion, now) == opening.DoorPhase.LATER
    Attendance.objects.bulk_create(
        Attendance(
            occasion=occasion,
            resident_id=person,
            arrived_at=occasion.starts_at if is_late else now,
            how=How.SHEET if is_late else How.LIST,
            recorded_by=by,
        )
        for person in sorted(people)
    )
