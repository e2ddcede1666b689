"""The afternoons to which a child comes, for its guardians' calendars."""

from collections.abc import Collection, Iterator
from datetime import datetime

from after_school.models import Enrolment, ZoneDay
from diedie_edu.activities.models import SignUp
from diedie_edu.activities.queries import occasions
from diedie_edu.activities.traits import Coming


def afternoons_of(children: Collection[int], since: datetime) -> Iterator[Coming]:
    """Of children (ids) with a place: the days that their guardians chose, in their zone."""
    rows = Enrolment.objects.filter(child__in=children, sign_up__status=SignUp.Status.SEATED)
    enrolments = list(rows.select_related("sign_up__resident"))
    days = ZoneDay.objects.filter(
        occasions.announced("occasion__activity__"),
        zone__in={row.zone_id for row in enrolments},
        occasion__ends_at__gt=since,
    ).select_related("session", "occasion__activity__programme", "occasion__venue")
    for day in days:
        for row in enrolments:
            if row.zone_id == day.zone_id and day.session.weekday in row.weekdays:
                yield row.sign_up, day.occasion
