"""Planning, changing and announcing an activity with one occasion (`models.events`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeVar

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule, seats
from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.activities.models import Activity
from diedie_edu.activities.models.events import Event
from diedie_edu.activities.rules import schedule as rules
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.availability import Suits

Row = TypeVar("Row", bound=Event)


@dataclass(frozen=True, kw_only=True)
class EventPlan:
    """All that staff decide about an event; `WORDS` are the columns that are written as they are,
    to which a programme adds its own."""

    WORDS: ClassVar[tuple[str, ...]] = (
        *("title", "summary", "introduction", "needs_sign_up"),
        "holds_for_parties",
    )

    title: str
    summary: str
    introduction: str
    starts_at: datetime
    ends_at: datetime
    venue: Venue
    capacity: int
    needs_sign_up: bool
    sign_up_opens_at: datetime
    with_music: bool = True
    holds_for_parties: bool = True

    def columns(self) -> dict[str, object]:
        """Where nobody signs up, people come in at the door, from the beginning on."""
        opens_at, closes_at = self.sign_up_opens_at, self.starts_at
        if not self.needs_sign_up:
            opens_at, closes_at = self.starts_at, self.ends_at
        own = {name: getattr(self, name) for name in self.WORDS}
        return own | {"sign_up_opens_at": opens_at, "sign_up_closes_at": closes_at}

    def room(self) -> Booking:
        times = {"starts_at": self.starts_at, "ends_at": self.ends_at}
        return Booking(venue=self.venue, with_music=self.with_music, **times)


@transaction.atomic
def plan_event(
    *, model: type[Row], programme: str, plan: EventPlan, by: User, now: datetime
) -> Row:
    """Enter it as a draft. Raises `Refused` where the room cannot be had at that time."""
    lock_calendar()
    suits = _check(plan, now)
    event = model.objects.create(
        programme=Programme.objects.get(slug=programme),
        capacity=plan.capacity,
        created_by=by,
        **plan.columns(),
    )
    schedule.add_occasions(activity=event, wanted=[plan.room()], suits=suits)
    return event


@transaction.atomic
def change_event(*, event: Event, plan: EventPlan, by: User, now: datetime) -> None:
    """Everybody who comes, helps or takes part hears of a new time or place.

    Raises `Refused` as `plan_event` does, and where it is called off.
    """
    lock_calendar()
    rules.check_can_be_changed(lock_activity(event.pk))
    suits = _check(plan, now)
    seats.change_capacity(activity=event, capacity=plan.capacity, by=by, now=now)
    type(event).objects.filter(pk=event.pk).update(**plan.columns())
    occasion = schedule.move_occasion(
        occasion=event.occasions.get(),
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        venue=plan.venue,
        by=by,
        now=now,
        suits=suits,
    )
    bookings.rename(bookings=[occasion.booking_id], purpose=plan.title)


@transaction.atomic
def announce_event(*, event: Event, now: datetime) -> None:
    """Residents see it from now on. Announcing twice is harmless. Raises `Refused`."""
    locked = lock_activity(event.pk)
    rules.check_can_be_announced(locked, event.occasions.get().starts_at, now)
    Activity.objects.filter(pk=event.pk).update(state=Activity.State.PUBLISHED)


def _check(plan: EventPlan, now: datetime) -> Suits:
    """What tells the beginnings that would do as well."""
    rules.check_times(plan.starts_at, plan.ends_at, now)
    if plan.needs_sign_up:
        rules.check_window(plan.sign_up_opens_at, plan.starts_at, plan.ends_at)
    rules.check_fits(plan.capacity, plan.venue)
    return lambda starts_at: now < starts_at
