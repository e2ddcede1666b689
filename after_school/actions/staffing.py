"""Changing how many adults and children a zone takes, in a constant number of statements.

Lock order: activity → occasions (by id) → duties → sign-ups → notices.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Sum

from after_school.actions.term_days import WORK
from after_school.models import StaffNeed, Weekday, Zone
from after_school.rules.terms import check_places
from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.seats import change_capacity
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.rules import schedule
from diedie_edu.volunteering.actions import slots
from diedie_edu.volunteering.models import Duty, StandIn


@dataclass(frozen=True)
class SlotChange:
    """What became of the slots of the days ahead. `spare` are filled ones beyond what is needed
    now: nobody is sent away, a lead may ask them."""

    added: int
    removed: int
    spare: int


@transaction.atomic
def change_needs(
    *,
    zone: Zone,
    weekdays: Collection[int],
    adults: int,
    children_per_adult: int,
    by: User,
    now: datetime,
) -> SlotChange:
    """So many adults on these weekdays from now on; saving the same again changes nothing.

    Raises `Refused` where the term is called off.
    """
    schedule.check_can_be_changed(_lock_term(zone))
    StaffNeed.objects.bulk_create(
        [
            StaffNeed(zone=zone, weekday=day, adults=adults, children_per_adult=children_per_adult)
            for day in weekdays
        ],
        update_conflicts=True,
        unique_fields=["zone", "weekday"],
        update_fields=["adults", "children_per_adult"],
    )
    return _fit_slots(zone, weekdays, now)


@transaction.atomic
def change_places(*, zone: Zone, places: int, by: User, now: datetime) -> SlotChange:
    """So many children in this zone; the term's seats follow, and whoever waits is offered one.

    Raises `Refused` where the room has fewer places, more children have a seat already, or the
    term is called off.
    """
    schedule.check_can_be_changed(_lock_term(zone))
    check_places(places, zone.venue, "places")
    Zone.objects.filter(pk=zone.pk).update(places=places)
    change = _fit_slots(zone, Weekday.values, now)
    seats = Zone.objects.filter(term=zone.term_id).aggregate(seats=Sum("places"))["seats"]
    change_capacity(activity=zone.term, capacity=seats, by=by, now=now)
    return change


def _lock_term(zone: Zone) -> Activity:
    return Activity.objects.select_for_update(of=("self",)).get(pk=zone.term_id)


def _fit_slots(zone: Zone, weekdays: Collection[int], now: datetime) -> SlotChange:
    """Open and remove free slots of the days ahead until they are as many as needed."""
    wanted = {
        need.weekday: need.slots
        for need in StaffNeed.objects.filter(zone=zone.pk, weekday__in=weekdays).select_related(
            "zone"
        )
    }
    days = _lock_days(zone, weekdays, now)
    by_day = _slots_of(days)
    new, old, spare = [], [], 0
    for day in days:
        duties = by_day.get(day.pk, [])
        missing = wanted.get(day.zone_day.session.weekday, 0) - len(duties)
        free = [duty for duty in duties if duty.volunteer_id is None]
        new += [(day, WORK[Zone.Kind(zone.kind)])] * missing
        old += free[: max(0, -missing)]
        spare += max(0, -missing - len(free))
    slots.open_slots(new)
    slots.remove_slots(old, now)
    return SlotChange(len(new), len(old), spare)


def _lock_days(zone: Zone, weekdays: Collection[int], now: datetime) -> list[Occasion]:
    """The zone's days ahead; nobody takes or frees a slot of them until we are done."""
    ahead = Occasion.objects.filter(
        zone_day__zone=zone,
        zone_day__session__weekday__in=weekdays,
        starts_at__gt=now,
        is_called_off=False,
    )
    locked = ahead.select_for_update(of=("self",), no_key=True)
    return list(locked.select_related("zone_day__session").order_by("pk"))


def _slots_of(days: Sequence[Occasion]) -> dict[int, list[Duty]]:
    """By occasion (id); those for which nobody has been asked to stand in come first."""
    asked = Exists(StandIn.objects.filter(duty=OuterRef("pk")))
    found_slots = Duty.objects.filter(occasion__in=days).annotate(asked=asked)
    found: dict[int, list[Duty]] = {}
    for duty in found_slots.order_by("asked", "pk"):
        found.setdefault(duty.occasion_id, []).append(duty)
    return found
