"""Whoever is barred from a child is not on duty on the days it comes.

Lock order: child → as in `volunteering.actions.roster`.
"""

from datetime import datetime
from itertools import groupby
from operator import attrgetter

from after_school import family_messages, messages
from after_school.queries.kept_away import barred_helpers, duties_to_free
from after_school.queries.sessions import staff_to_notify
from diedie_edu.accounts.models import User
from diedie_edu.notices.actions import notify
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.actions.duties import lock_places, lock_volunteers
from diedie_edu.volunteering.models import Duty


def free_beside(child: int, by: User, now: datetime) -> None:
    """Somebody has been barred from a child (id): their duties beside it are free. They take none
    until this is written for good."""
    lock_places(duty.occasion_id for duty in duties_to_free(now))
    lock_volunteers(barred_helpers(child).values_list("pk", flat=True))
    free_duties(now, by)


def free_duties(now: datetime, by: User | None = None) -> int:
    """Give back every duty of somebody barred from a child that comes then: also where the child's
    days, its place or the roster changed. How many notices were planned to staff and lead."""
    found = sorted(duties_to_free(now), key=attrgetter("volunteer_id"))
    told = 0
    for _volunteer, own in groupby(found, attrgetter("volunteer_id")):
        told += _notify(list(own), now)
    for duty in found:
        if duty.signed_in_at is None:
            roster.free_slot(duty=duty, by=by, now=now)
        else:
            roster.send_home(duty=duty, by=by, now=now)
    return told


def _notify(duties: list[Duty], now: datetime) -> int:
    first = min(duties, key=attrgetter("starts_at"))
    person = first.volunteer
    assert person is not None
    facts = {"name": person.resident.full_name, "number": len(duties)}
    return notify(
        kind=family_messages.BARRED_ON_DUTY,
        accounts=staff_to_notify(),
        subject=messages.SESSION.of(first.session),  # type: ignore[attr-defined]
        revision=f"{first.pk}.{now:%s}",
        data={"starts_at": first.starts_at.isoformat(), **facts},
        now=now,
    )
