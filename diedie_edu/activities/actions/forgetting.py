"""What activities keep of somebody who is erased: visits without a name, for the figures."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import ngettext

from diedie_edu.activities.actions.seats import leave_all
from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.erasures import Matter

GONE = "–"


def forget_person(person: Resident, now: datetime) -> None:
    """Places ahead are given back, with all that follows; of visits nothing tells who it was."""
    leave_all(person, None, now)
    visits = Attendance.objects.filter(resident=person)
    visits.exclude(reason="").update(reason=GONE)
    visits.filter(recorded_by=person.account_id).update(recorded_by=None)


def matters(person: Resident, now: datetime) -> Iterator[Matter]:
    ahead = Q(activity__occasions__ends_at__gt=now) | Q(activity__is_ongoing=True)
    held = SignUp.objects.filter(ahead, resident=person, status__in=SignUp.LIVE)
    number = held.values("activity").distinct().count()
    if number:
        yield Matter(
            ngettext(
                "%(number)d place is given back, and offered to whoever waits.",
                "%(number)d places are given back, and offered to whoever waits.",
                number,
            )
            % {"number": number}
        )
