"""A day that changes: a holiday, a make-up workday, a typhoon, or back to what it was.

What is planned on it is decided one by one, in every programme, in one transaction; everybody
hears once of each. Lock order as in `days`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.activities import participants
from diedie_edu.activities.actions.days import call_off_occasions, hold_again, lock_activities
from diedie_edu.activities.actions.schedule import lock_occasions, move_occasion
from diedie_edu.activities.changed_days import all_additions
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.queries.changed_days import (
    Choice,
    Planned,
    calendar_with,
    keys_of,
    planned_on,
)
from diedie_edu.activities.rules import schedule
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.errors import Refused
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar_alone
from diedie_edu.venues.models import Booking, SpecialDay, Venue


@dataclass(frozen=True)
class Decision:
    """What becomes of one activity's dates; where it moves, when it begins and in which room."""

    choice: Choice
    starts_at: datetime | None = None
    venue: Venue | None = None


class Decided(Protocol):
    """What staff decided of all that a page showed them: `decisions` go by the rows' names."""

    @property
    def reason(self) -> str: ...
    @property
    def shown(self) -> frozenset[str]: ...
    @property
    def decisions(self) -> Mapping[str, Decision]: ...


class Row(Protocol):
    """Something that stands on a day or in a room, as `Planned`."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def choices(self) -> Sequence[Choice]: ...


@dataclass(frozen=True)
class DayPlan:
    """All that staff decide of a day.

    `kind` is one of `SpecialDayKind`, or "" for what the public calendar says. `shown` are the
    keys of what the page showed, `decisions` go by `Planned.name`, `besides` says by which
    timetable an activity (id) is held in addition.
    """

    day: date
    kind: str
    reason: str
    shown: frozenset[str]
    decisions: Mapping[str, Decision]
    besides: Mapping[int, int]


@dataclass(frozen=True)
class ChangedDay:
    """What it came to, in activities, and how many people are told."""

    called_off: int
    moved: int
    held: int
    added: int
    told: int


@transaction.atomic
def change_day(*, plan: DayPlan, by: User, now: datetime) -> ChangedDay:
    """Enter the kind of a day and carry out what was decided of all that is planned on it.

    Raises `Refused` for a day that has passed, where something is planned otherwise than the
    page showed (`changed`), and where one of the decisions cannot be carried out.
    """
    schedule.check_can_be_closed(plan.day, local_day(now))
    lock_calendar_alone()
    _lock(plan)
    planned = planned_on(plan.day, plan.kind, now)
    check_as_shown(planned, keys_of(planned, plan.day), plan)
    _enter(plan, by, now)
    done = carry_out(planned, plan, calendar_with(plan.day, plan.kind), by, now)
    told = done.told + _hold_besides(plan, by, now)
    return replace(done, added=len(plan.besides), told=told)


def preview_day(*, plan: DayPlan, by: User, now: datetime) -> ChangedDay:
    """What `change_day` would come to; nothing is written. Raises `Refused` as it does."""
    with transaction.atomic():
        done = change_day(plan=plan, by=by, now=now)
        transaction.set_rollback(True)
    return done


def carry_out(
    planned: Sequence[Planned], plan: Decided, known: Calendar, by: User, now: datetime
) -> ChangedDay:
    """What was decided of each; the caller holds all locks. Raises `Refused`."""
    by_choice = {choice: _chosen(planned, plan, choice) for choice in Choice}
    off = {pk for row in by_choice[Choice.CALL_OFF] for pk in row.rules.off_with(row.ids)}
    again = [pk for row in by_choice[Choice.HOLD] for pk in row.ids]
    moving = [*by_choice[Choice.MOVE], *by_choice[Choice.ROOM]]
    told = call_off_occasions(occasions=off, reason=plan.reason, by=by, now=now) if off else 0
    told += sum(_move(row, plan, known, by, now) for row in moving)
    told += hold_again(occasions=again, by=by, now=now) if again else 0
    return ChangedDay(
        called_off=len(by_choice[Choice.CALL_OFF]),
        moved=len(moving),
        held=len(by_choice[Choice.HOLD]),
        added=0,
        told=told,
    )


def _enter(plan: DayPlan, by: User, now: datetime) -> None:
    if not plan.kind:
        SpecialDay.objects.filter(day=plan.day).delete()
        return
    values = {"kind": plan.kind, "reason": plan.reason, "decided_at": now, "decided_by": by}
    SpecialDay.objects.update_or_create(day=plan.day, defaults=values)


def _lock(plan: DayPlan) -> None:
    """Nobody else changes what is planned on the day, nor books a room, until we are done."""
    start, end = moment(plan.day), moment(plan.day + timedelta(days=1))
    occasions = Occasion.objects.filter(starts_at__gte=start, starts_at__lt=end)
    lock_activities(occasions)
    lock_occasions(occasions)
    bookings.lock_rooms()
    moving = [int(name) for name, row in plan.decisions.items() if row.choice == Choice.MOVE]
    participants.lock_people(occasions.filter(activity__in=moving).values("pk"))


def check_as_shown(planned: Sequence[Row], keys: frozenset[str], plan: Decided) -> None:
    """House rule: what is decided is what was shown."""
    if keys != plan.shown:
        raise Refused(
            "changed",
            _("Something was planned or changed meanwhile. Please look at the day again."),
        )
    for row in planned:
        if decision_of(row, plan).choice not in row.choices:
            raise Refused("choice", _("“%s”: this cannot be chosen any more.") % row.title)


def decision_of(row: Row, plan: Decided) -> Decision:
    return plan.decisions.get(row.name) or Decision(row.choices[0])


def _chosen(planned: Sequence[Planned], plan: Decided, choice: Choice) -> list[Planned]:
    return [row for row in planned if decision_of(row, plan).choice == choice]


def _move(row: Planned, plan: Decided, known: Calendar, by: User, now: datetime) -> int:
    """To its new time or room, as long as before; sign-up closes as long before it. How many
    people are told."""
    occasion, rules = row.first, row.rules
    starts_at, venue = where_to(row, decision_of(row, plan), occasion)
    later = starts_at - occasion.starts_at
    if later:
        rules.check_day(local_day(starts_at), known)
    if venue != occasion.venue:
        rules.check_room(occasion, venue)
    _shift_sign_up(Activity.objects.filter(pk=row.activity.pk), later)
    move_occasion(
        occasion=occasion,
        starts_at=starts_at,
        ends_at=occasion.ends_at + later,
        venue=venue,
        by=by,
        now=now,
        suits=lambda at: at > now and rules.suits(local_day(at), known),
    )
    if later:
        rules.moved(row.activity.pk, now)
    return row.people


def where_to(row: Row, decision: Decision, stands: Occasion | Booking) -> tuple[datetime, Venue]:
    """When it begins and in which room. Raises `Refused` where that is not said."""
    if decision.choice == Choice.MOVE and decision.starts_at is None:
        raise Refused("when", _("“%s”: please say when it is held instead.") % row.title)
    if decision.choice == Choice.ROOM and decision.venue in (None, stands.venue):
        raise Refused("where", _("“%s”: please say which other room.") % row.title)
    at = decision.starts_at if decision.choice == Choice.MOVE else None
    return at or stands.starts_at, decision.venue or stands.venue


def _shift_sign_up(activity: QuerySet[Activity], later: timedelta) -> None:
    closes = F("sign_up_closes_at") + later
    activity.filter(sign_up_opens_at__lt=closes).update(sign_up_closes_at=closes)


def _hold_besides(plan: DayPlan, by: User, now: datetime) -> int:
    """Raises `Refused` for what is not offered (any more)."""
    known = calendar_with(plan.day, plan.kind)
    offered = {more.activity: (rules, more) for rules, more in all_additions(plan.day, known, now)}
    told = 0
    for activity, timetable in sorted(plan.besides.items()):
        rules, more = offered.get(activity, (None, None))
        if rules is None or more is None or timetable not in dict(more.timetables):
            raise Refused("changed", _("That is not offered any more. Please look again."))
        told += rules.hold(activity, plan.day, timetable, by, now)
    return told
