"""The afternoons to which a child comes, for its guardians' calendars."""

from collections.abc import Iterator
from datetime import datetime

from after_school.models import Enrolment, ZoneDay
from after_school.queries.children import IS_BARRED, rights_of
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import SignUp
from diedie_edu.activities.queries import occasions
from diedie_edu.activities.traits import Coming


def afternoons_of(user: User, since: datetime) -> Iterator[Coming]:
    """Of children with a place for whom an account answers: the days that were chosen, in their
    zone. Whoever is barred from collecting a child does not read where it is."""
    children = rights_of(user).filter(~IS_BARRED).values("child")
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
