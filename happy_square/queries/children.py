"""Children in groups, their guardians' consents, and the checks of those who lead them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from diedie_edu.activities.models import Occasion, SignUp
from diedie_edu.common.days import ZONE
from diedie_edu.people.models import Consent, Guardianship, Resident, Volunteer
from diedie_edu.people.queries import is_grown
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.clearances import IsCleared
from happy_square.models import Leadership
from happy_square.models.groups import PROGRAMME


def consents_of(children: Iterable[Resident], today: date) -> QuerySet[Consent]:
    """What guardians have agreed to for Happy Square and holds today."""
    live = Consent.objects.filter(ended_at=None, valid_until__gte=today, text__programme=PROGRAMME)
    return live.filter(child__in=list(children)).select_related("text", "child", "guardian")


def seats_of_children(today: date) -> QuerySet[SignUp]:
    """Places of children in groups, waiting ones too."""
    rows = SignUp.objects.filter(
        ~is_grown(today, "resident__"), activity__is_ongoing=True, status__in=SignUp.LIVE
    )
    return rows.select_related("resident", "activity").order_by("activity", "pk")


def seats_without_consent(today: date) -> QuerySet[SignUp]:
    live = Consent.objects.filter(
        child=OuterRef("resident"),
        ended_at=None,
        valid_until__gte=today,
        text__programme=PROGRAMME,
    )
    return seats_of_children(today).filter(~Exists(live))


def unchecked_leaderships(today: date) -> QuerySet[Leadership]:
    """Of groups that take children: who leads them and has no check that holds today."""
    cleared = IsCleared("pk", Value(today, DateField()))
    checked = Volunteer.objects.filter(cleared, resident=OuterRef("resident"))
    rows = Leadership.objects.filter(~Exists(checked), ended_at=None, group__takes_children=True)
    return rows.select_related("group", "resident").order_by("group", "pk")


def are_checked(group: int, today: date) -> bool:
    """Whether there is somebody who leads it, and each of them has been checked."""
    live = Leadership.objects.filter(group=group, ended_at=None)
    return live.exists() and not unchecked_leaderships(today).filter(group=group).exists()


def last_check(resident: Resident) -> int:
    """The number of somebody's last check, 0 without any."""
    rows = Volunteer.objects.filter(resident=resident, clearances__isnull=False)
    return rows.order_by("-clearances").values_list("clearances", flat=True).first() or 0


def guardians_of(children: Iterable[int]) -> list[int]:
    """Residents (ids) who answer for these children (ids)."""
    bonds = Guardianship.objects.filter(child__in=list(children))
    return list(bonds.order_by("guardian").values_list("guardian", flat=True).distinct())


def dates_to_attend(now: datetime) -> Iterable[tuple[Occasion, Volunteer]]:
    """Dates ahead of children's groups at which somebody who leads is not on duty yet, though
    checked on that day."""
    day = TruncDate("starts_at", tzinfo=ZONE)
    ahead = Occasion.objects.filter(
        starts_at__gt=now, is_called_off=False, needs_clearance=True, activity__is_ongoing=True
    )
    pairs = ahead.filter(activity__group__leaderships__ended_at=None).annotate(
        volunteer=F("activity__group__leaderships__resident__volunteer")
    )
    there = Duty.objects.filter(occasion=OuterRef("pk"), volunteer=OuterRef("volunteer"))
    missing = pairs.filter(~Exists(there), Q(volunteer__isnull=False), IsCleared("volunteer", day))
    found = list(missing.order_by("pk"))
    volunteers = Volunteer.objects.in_bulk([row.volunteer for row in found])
    return [(row, volunteers[row.volunteer]) for row in found]
