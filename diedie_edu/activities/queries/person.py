"""One person's places, and what they came to, as staff see them."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, ExcusedAbsence, Occasion, SignUp
from diedie_edu.activities.traits import programmes_kept_by
from diedie_edu.common.belonging import within
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident

PAST_SHOWN = 6
CAME = Count("pk", filter=Q(was_there=True))
MISSED = Count("pk", filter=Q(was_there=False, was_kept=True, is_excused=False))


def person_sections(user: User, resident: Resident, now: datetime) -> Iterator[Panel]:
    """Of the programmes whose register the reader keeps."""
    kept = programmes_kept_by(user)
    places = {"places": places_of(resident, kept, now)}
    yield Panel(30, "activities/person_places.html", places)
    past = past_of(resident, kept, now)
    facts = {"past": list(past[:PAST_SHOWN]), "sums": past.aggregate(came=CAME, missed=MISSED)}
    yield Panel(40, "activities/person_past.html", facts)


def places_of(resident: Resident, programmes: Collection[str], now: datetime) -> QuerySet[SignUp]:
    """What somebody is signed up for and is not over, soonest first; groups go on."""
    ahead = Q(activity__occasions__ends_at__gt=now, activity__occasions__is_called_off=False)
    rows = within(SignUp.objects.filter(resident=resident, status__in=SignUp.LIVE), programmes)
    rows = rows.annotate(next_at=Min("activity__occasions__starts_at", filter=ahead))
    shown = rows.filter(Q(next_at__isnull=False) | Q(activity__is_ongoing=True))
    return shown.select_related("activity__programme").order_by("next_at", "pk")


def past_of(
    resident: Resident, programmes: Collection[str], now: datetime
) -> QuerySet[Occasion, Any]:
    """What somebody came to, or held a seat at without coming, the latest first: `was_there`,
    `is_excused`, and whether anybody was entered at all (`was_kept`)."""
    came = Attendance.objects.filter(occasion=OuterRef("pk"))
    held = SignUp.objects.filter(
        activity=OuterRef("activity"), resident=resident, status=SignUp.Status.SEATED
    )
    excused = ExcusedAbsence.objects.filter(occasion=OuterRef("pk"), resident=resident)
    rows = within(Occasion.objects.filter(ends_at__lte=now, is_called_off=False), programmes)
    rows = rows.annotate(
        was_there=Exists(came.filter(resident=resident)),
        was_kept=Exists(came),
        is_excused=Exists(excused),
    )
    shown = rows.filter(Q(was_there=True) | Exists(held) & Q(activity__is_ongoing=False))
    return shown.select_related("activity").order_by("-starts_at", "-pk")
