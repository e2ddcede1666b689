"""Who may not be on duty while a child is there: whoever is barred from it."""

from datetime import datetime

from django.db.models import BooleanField, F, Func, QuerySet, Value

from after_school.models import Session
from diedie_edu.activities.models import Occasion
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty


class IsBarredHelper(Func):
    """Whether a volunteer is barred from a child (both ids)."""

    function = "after_school_is_barred_helper"
    output_field = BooleanField()


class IsKeptAway(Func):
    """Whether a volunteer is barred from a child that comes to a term on a weekday, as the
    database's own guard asks."""

    function = "after_school_is_kept_away"
    output_field = BooleanField()


def kept_away(occasion: Occasion) -> QuerySet[Volunteer]:
    """Whoever may not be on duty there."""
    session = Session.objects.filter(zone_days__occasion=occasion).first()
    if session is None:
        return Volunteer.objects.none()
    return Volunteer.objects.filter(
        IsKeptAway(F("pk"), Value(session.term_id), Value(session.weekday))
    )


def barred_helpers(child: int) -> QuerySet[Volunteer]:
    """Volunteers who are barred from a child (id)."""
    return Volunteer.objects.filter(IsBarredHelper(F("pk"), Value(child)))


def duties_to_free(now: datetime) -> QuerySet[Duty]:
    """Duties, of now or ahead, of those who may not be there; each with its session's id."""
    session = "occasion__zone_day__session"
    is_kept_away = IsKeptAway(F("volunteer"), F(f"{session}__term"), F(f"{session}__weekday"))
    ahead = Duty.objects.filter(
        ends_at__gt=now, is_off=False, volunteer__isnull=False, served_minutes=None
    )
    found = ahead.filter(is_kept_away).annotate(session=F(session))
    return found.select_related("volunteer__resident").order_by("starts_at", "occasion", "pk")
