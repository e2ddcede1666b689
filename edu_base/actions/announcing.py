"""公示, the committee's resolution, the college's answer. Lock order: as in `steps`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day
from edu_base import place_messages as messages
from edu_base.actions.places import end, lock_all, lock_class, lock_year
from edu_base.actions.steps import lock_application, move
from edu_base.actions.telling import tell
from edu_base.models import Announcement, Application, Intake, Listing, Resolution, State
from edu_base.rules import announcing as rules
from edu_base.rules.places import check_stands_at


@transaction.atomic
def announce(
    *, intake: Intake, numbers: Collection[int], first_on: date, by: User, now: datetime
) -> Announcement:
    """Put proposed people of a class on a public list for its working days.

    Raises `Refused` (`past`, `no_working_day`, `nobody`, `moved_on`, `stopped`).
    """
    calendar = known_calendar()
    rules.check_first_day(first_on, local_day(now), calendar)
    locked = lock_class(intake)
    rows = lock_all(numbers)
    rules.check_are_of_class(rows.values(), locked)
    last_on = rules.last_day(first_on, locked.announce_days, calendar)
    made = Announcement.objects.create(
        intake=locked, first_on=first_on, last_on=last_on, made_by=by, made_at=now
    )
    days: dict[str, Any] = {"first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
    for row in rows.values():
        check_stands_at(row, State.PROPOSED)
        Listing.objects.create(announcement=made, application=row)
        move(application=row, to=State.ANNOUNCED, by=by, now=now)
        tell(kind=messages.ANNOUNCED, application=row, now=now, **days)
    return made


@dataclass(frozen=True)
class Resolved:
    """A resolution of the committee: to whom (numbers of applications) it says yes, and to whom no
    with which reason."""

    decided_on: date
    document_number: str
    yes: Collection[int]
    no: Mapping[int, str]


@transaction.atomic
def resolve(*, intake: Intake, resolved: Resolved, by: User, now: datetime) -> Resolution:
    """Enter what the committee resolved on announced people; a no frees the place.

    Raises `Refused` (`nobody`, `ahead`, `too_early`, `objection`, `no_reason`, `moved_on`,
    `stopped`).
    """
    lock_class(intake)
    rows = lock_all([*resolved.yes, *resolved.no])
    rules.check_are_of_class(rows.values(), intake)
    made = Resolution.objects.create(
        intake=intake,
        decided_on=resolved.decided_on,
        document_number=resolved.document_number,
        made_by=by,
        made_at=now,
    )
    for row in rows.values():
        _check_may_be_resolved(row, resolved.decided_on, local_day(now))
        Listing.objects.filter(application=row).update(resolution=made)
    for number in resolved.yes:
        _confirm(rows[number], made, by, now)
    for number, reason in resolved.no.items():
        turn_down(application=rows[number], at=State.ANNOUNCED, reason=reason, by=by, now=now)
    return made


def _check_may_be_resolved(row: Application, decided_on: date, today: date) -> None:
    check_stands_at(row, State.ANNOUNCED)
    rules.check_resolved_after(row.listing.announcement, decided_on, today)
    rules.check_no_objection_is_open(row.objections.filter(decided_at=None).count())


def _confirm(row: Application, made: Resolution, by: User, now: datetime) -> None:
    move(application=row, to=State.CONFIRMED, by=by, now=now)
    day = made.decided_on.isoformat()
    tell(kind=messages.CONFIRMED, application=row, now=now, decided_on=day)


@transaction.atomic
def turn_down(*, application: Application, at: State, reason: str, by: User, now: datetime) -> None:
    """By the committee, the college, an upheld objection, or for not reporting: whoever stands `at`
    a state has no place, and the first reserve hears. Raises `Refused` as `steps.move`."""
    lock_year(application)
    check_stands_at(lock_application(application.pk), at)
    ended = end(application=application, to=State.NOT_ADMITTED, by=by, now=now, reason=reason)
    tell(kind=messages.NO_PLACE, application=ended, now=now, reason=reason)


@transaction.atomic
def admit(*, application: Application, by: User, now: datetime) -> None:
    """The college's list names them. Raises `Refused` as `steps.move`."""
    _go_on(application, State.CONFIRMED, State.ADMITTED, by, now)


@transaction.atomic
def report(*, application: Application, by: User, now: datetime) -> None:
    """They have come to the college. Raises `Refused` as `steps.move`."""
    _go_on(application, State.ADMITTED, State.REPORTED, by, now)


@transaction.atomic
def report_all(
    *,
    yes: Collection[Application],
    no: Mapping[Application, str],
    by: User,
    now: datetime,
) -> None:
    """Who has come to the college, and who does not come and why; all or nothing. Raises
    `Refused` (`nobody`, and as `steps.move`)."""
    rows = lock_all([row.pk for row in (*yes, *no)])
    rules.check_somebody(rows)
    for row in yes:
        report(application=row, by=by, now=now)
    for row, reason in no.items():
        turn_down(application=row, at=State.ADMITTED, reason=reason, by=by, now=now)


def _go_on(application: Application, at: State, to: State, by: User, now: datetime) -> None:
    lock_year(application)
    locked = lock_application(application.pk)
    check_stands_at(locked, at)
    move(application=locked, to=to, by=by, now=now)
    kind = messages.ADMITTED if to == State.ADMITTED else messages.REPORTED
    tell(kind=kind, application=locked, now=now)
