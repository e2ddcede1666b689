"""Who may be close to children on a day."""

from datetime import date

from django.db.models import BooleanField, DateField, F, Func, QuerySet, Value
from django.db.models.functions import TruncDate

from diedie_edu.common.days import ZONE, moment
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty


class IsCleared(Func):
    """Whether a volunteer is cleared on a day, as the database's own guard asks."""

    function = "people_is_cleared"
    output_field = BooleanField()


def is_cleared(volunteer: int, day: date) -> bool:
    found = Volunteer.objects.filter(pk=volunteer)
    return found.filter(IsCleared(F("pk"), Value(day, DateField()))).exists()


def uncleared_duties(volunteer: Volunteer, today: date) -> QuerySet[Duty]:
    """Duties of today and ahead, not signed out of, that this person may not do any more."""
    cleared = IsCleared(F("volunteer"), TruncDate("starts_at", tzinfo=ZONE))
    duties = Duty.objects.filter(
        Duty.COUNTS,
        volunteer=volunteer,
        needs_clearance=True,
        signed_out_at=None,
        starts_at__gte=moment(today),
    )
    return duties.exclude(cleared).order_by("occasion", "pk")
