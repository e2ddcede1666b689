"""What a family has signed up for and what a volunteer is due to do, in all programmes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.activities.queries import sign_ups
from diedie_edu.activities.rules.sign_up import can_cancel
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.models import Duty

PAST_SHOWN = 20


@dataclass(frozen=True)
class Entry:
    """One sign-up on "my page", whatever its programme."""

    sign_up: SignUp
    occasion: Occasion
    ahead: int | None
    may_cancel: bool

    @property
    def activity(self) -> object:
        return self.sign_up.activity

    @property
    def resident(self) -> Resident:
        return self.sign_up.resident

    @property
    def is_seated(self) -> bool:
        return self.sign_up.is_seated

    @property
    def is_offered(self) -> bool:
        return self.sign_up.is_offered

    @property
    def is_waiting(self) -> bool:
        return self.sign_up.is_waiting

    @property
    def offer_expires_at(self) -> datetime | None:
        return self.sign_up.offer_expires_at

    @property
    def url(self) -> str:
        return reverse("portal:activity", args=[self.sign_up.activity_id])

    @property
    def accept_url(self) -> str:
        return reverse("activities:accept", args=[self.sign_up.activity_id])

    @property
    def cancel_url(self) -> str:
        return reverse("activities:cancel", args=[self.sign_up.activity_id])


def entries_ahead(family: Sequence[Resident], now: datetime) -> list[Entry]:
    """The family's sign-ups that are not over, soonest first."""
    rows = list(_live_sign_ups(family))
    ahead_of = sign_ups.people_ahead([row for row in rows if row.is_waiting])
    entries = [entry for row in rows for entry in _entries(row, ahead_of.get(row.pk), now)]
    entries.sort(key=lambda entry: (entry.occasion.starts_at, entry.sign_up.pk))
    return [entry for entry in entries if entry.occasion.ends_at > now]


def been_to(family: Sequence[Resident]) -> QuerySet[Attendance]:
    """What the family came to, latest first; a seat that stood empty is none of it."""
    return (
        Attendance.objects.filter(resident__in=family)
        .select_related("occasion__activity", "resident")
        .order_by("-occasion__starts_at", "id")[:PAST_SHOWN]
    )


def _entries(sign_up: SignUp, before: int | None, now: datetime) -> list[Entry]:
    """One for each occasion of what the person signed up to."""
    occasions = list(sign_up.activity.occasions.all())
    begins = occasions[-1].starts_at
    may_cancel = can_cancel(sign_up.activity, begins, now)
    return [Entry(sign_up, occasion, before, may_cancel) for occasion in occasions]


def _live_sign_ups(family: Sequence[Resident]) -> QuerySet[SignUp]:
    occasions = Occasion.objects.select_related("venue")
    return (
        SignUp.objects.filter(resident__in=family, status__in=SignUp.LIVE)
        .select_related("activity__programme", "resident")
        .prefetch_related(Prefetch("activity__occasions", occasions))
    )


def duties_of(resident: Resident, now: datetime) -> QuerySet[Duty]:
    """A volunteer's duties ahead, without those called off."""
    return (
        Duty.objects.filter(volunteer__resident=resident, ends_at__gt=now, is_off=False)
        .select_related("occasion__activity", "occasion__venue")
        .order_by("starts_at")
    )
