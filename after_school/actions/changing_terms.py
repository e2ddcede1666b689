"""Changing a term that is planned, with its days ahead; and deleting a draft.

What lies behind stays as it was. Lock order: the calendar → sessions → activity → occasions (by
id) → rooms (by id) → notices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from after_school.actions import days_off
from after_school.actions.term_days import create_days
from after_school.models import Session, Term, Zone
from after_school.queries.terms import STANDS, planned_days, term_days
from after_school.rules.terms import (
    DayState,
    TermDays,
    check_can_be_deleted,
    check_first_day_stays,
    check_places,
    check_term_days,
    check_today_is_over,
)
from diedie_edu.accounts.models import User
from diedie_edu.activities import participants
from diedie_edu.activities.actions.days import call_off_occasions, lock_activities
from diedie_edu.activities.actions.schedule import lock_occasions
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.rules import schedule
from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.actions import cancel
from diedie_edu.venues.actions import bookings
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Venue


@dataclass(frozen=True)
class TermChange:
    """What a term is to be; `venues` by the kind of zone."""

    title: str
    days: TermDays
    venues: Mapping[str, Venue]


@dataclass(frozen=True)
class ChangedTerm:
    """What it came to, in days, and how many people are told."""

    moved: int
    added: int
    called_off: int
    told: int


@transaction.atomic
def change_term(
    *, term: Term, change: TermChange, reason: str, by: User, now: datetime
) -> ChangedTerm:
    """Other times, rooms, title, first or last day; slots and volunteers' duties follow.

    Days outside are called off for the `reason` (of a draft they go), days within that had not
    been part of the term are added. Raises `Refused` where the term cannot be so, a room is
    taken, somebody on duty is booked at the new time, or today's afternoon has begun.
    """
    lock_calendar()
    lock_activities(Occasion.objects.filter(activity=term.pk))
    locked = Term.objects.select_for_update(of=("self", "activity_ptr")).get(pk=term.pk)
    _check(locked, change, now)
    before = term_days(locked)
    called_off, told = _leave_out(locked, change.days, reason, by, now)
    moved = _move(locked, change, by, now)
    _save(locked, change)
    added = _add(locked, before)
    if moved or added or locked.title != term.title:
        told += days_off.notify_term_changed(locked, now)
    return ChangedTerm(moved, added, called_off, told)


def preview_change(
    *, term: Term, change: TermChange, reason: str, by: User, now: datetime
) -> ChangedTerm:
    """What it would come to; nothing is written. Raises `Refused` as `change_term` does."""
    with transaction.atomic():
        done = change_term(term=term, change=change, reason=reason, by=by, now=now)
        transaction.set_rollback(True)
    return done


@transaction.atomic
def delete_draft(*, term: Term, by: User, now: datetime) -> None:
    """A term that nobody has seen goes with its days, rooms and free slots.

    Raises `Refused` where it was announced, somebody is on duty, or something is written of it.
    """
    locked = Term.objects.select_for_update(of=("self", "activity_ptr")).get(pk=term.pk)
    occasions = lock_occasions(Occasion.objects.filter(activity=locked.pk))
    used = locked.sign_ups.exists() or locked.sessions.exclude(events=None).exists()
    on_duty = participants.people_at([row.pk for row in occasions])
    check_can_be_deleted(locked, is_used=used, on_duty=len(on_duty))
    cancel(subject=ACTIVITY.of(locked.pk), now=now)
    locked.delete()


def _check(term: Term, change: TermChange, now: datetime) -> None:
    schedule.check_can_be_changed(term)
    check_term_days(change.days, local_day(now))
    begun = Session.objects.filter(term=term).exclude(state=Session.State.PLANNED)
    check_first_day_stays(term, change.days.first_day, begun.exists())
    for zone in term.zones.all():
        check_places(zone.places, change.venues[zone.kind], f"{zone.kind}_venue")
    if (term.starts, term.ends) != (change.days.starts, change.days.ends):
        today = Session.objects.filter(STANDS, term=term, day=local_day(now)).first()
        check_today_is_over(today, now)


def _ahead(term: Term, now: datetime) -> list[Session]:
    """Nobody has opened them, and they have not begun."""
    rows = term.sessions.filter(state=Session.State.PLANNED, day__gte=local_day(now))
    return [row for row in rows.annotate(stands=STANDS) if row.starts_at > now]


def _leave_out(term: Term, days: TermDays, reason: str, by: User, now: datetime) -> tuple[int, int]:
    """How many days, and how many people are told."""
    outside = [row for row in _ahead(term, now) if not days.first_day <= row.day <= days.last_day]
    if term.state == Activity.State.DRAFT:
        Occasion.objects.filter(zone_day__session__in=outside).delete()
        Session.objects.filter(pk__in=[row.pk for row in outside]).delete()
        return len(outside), 0
    standing = Occasion.objects.filter(zone_day__session__in=outside, is_called_off=False)
    ids = list(standing.values_list("pk", flat=True))
    if not ids:
        return 0, 0
    number = sum(row.stands for row in outside)  # type: ignore[attr-defined]
    return number, call_off_occasions(occasions=ids, reason=reason, by=by, now=now)


def _move(term: Term, change: TermChange, by: User, now: datetime) -> int:
    """The days ahead to their new times and rooms, called-off ones too; how many."""
    ahead = {row.pk: row for row in _ahead(term, now)}
    found = Occasion.objects.filter(zone_day__session__in=ahead)
    rows = lock_occasions(found.select_related("booking", "zone_day__zone", "zone_day__session"))
    leaving = {row.venue_id for row in rows}
    changed = [row for row in rows if _is_changed(row, change)]
    if not changed:
        return 0
    bookings.lock_rooms([*leaving, *(venue.pk for venue in change.venues.values())])
    ids = [row.pk for row in changed]
    participants.lock_people(ids)
    Occasion.objects.filter(pk__in=ids).update(revision=F("revision") + 1)
    Session.objects.filter(pk__in=ahead).update(starts=change.days.starts, ends=change.days.ends)
    _rebook(changed, leaving, by)
    cancel(subject=ACTIVITY.of(term.pk), kinds=participants.messages_of_the_old_time(), now=now)
    return len({row.zone_day.session_id for row in changed})


def _is_changed(row: Occasion, change: TermChange) -> bool:
    """Its booking in memory stands where it is to be."""
    day, venue = row.zone_day.session.day, change.venues[row.zone_day.zone.kind]
    wanted = (moment(day, change.days.starts), moment(day, change.days.ends), venue.pk)
    row.booking.starts_at, row.booking.ends_at, row.booking.venue = *wanted[:2], venue
    return wanted != (row.starts_at, row.ends_at, row.venue_id)


def _rebook(rows: Sequence[Occasion], leaving: set[int], by: User) -> None:
    try:
        with transaction.atomic():
            bookings.rebook(wanted=[row.booking for row in rows], leaving=leaving)
    except IntegrityError as error:
        for row in rows:
            row.starts_at, row.ends_at = row.booking.starts_at, row.booking.ends_at
            refusal = participants.refusal_about(error, row, by)
            if refusal is not None:
                raise refusal from error
        raise


def _save(term: Term, change: TermChange) -> None:
    """The zones change rooms in one statement, so that two may swap theirs."""
    zones = list(term.zones.all())
    for zone in zones:
        zone.venue = change.venues[zone.kind]
    Zone.objects.bulk_update(zones, ["venue"])
    days = change.days
    term.title, term.first_day, term.last_day = change.title, days.first_day, days.last_day
    term.starts, term.ends = days.starts, days.ends
    term.sign_up_closes_at = moment(days.last_day, days.starts)
    term.save()
    booked = Occasion.objects.filter(activity=term.pk).values("booking")
    bookings.rename(bookings=booked, purpose=term.title)


def _add(term: Term, before: TermDays) -> int:
    """The days of its new weeks, as far as the rooms are free; how many."""
    venues = [zone.venue for zone in term.zones.select_related("venue")]
    held = set(term.sessions.values_list("day", flat=True))
    new = [
        row.day
        for row in planned_days(term_days(term), venues)
        if row.state == DayState.HELD
        and not before.first_day <= row.day <= before.last_day
        and row.day not in held
    ]
    if new:
        create_days(term, [(day, day.isoweekday()) for day in new])
    return len(new)
