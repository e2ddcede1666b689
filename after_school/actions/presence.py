"""Letting children in, and changing zones.

Every tap may come twice, from two tablets or over a bad line: what is so already stays as it is,
and nothing is logged or told a second time.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from after_school import messages
from after_school.actions.arrivals import notify_arrived
from after_school.actions.days_off import notify_if_called_off
from after_school.actions.sessions import lock_open
from after_school.models import (
    Enrolment,
    Presence,
    PresenceEvent,
    Session,
    Zone,
)
from after_school.queries.alarms import was_reopened
from after_school.queries.expected import inside_elsewhere
from after_school.queries.sessions import (
    count_inside,
    guardians_to_notify,
    places_in,
    staff_to_notify,
)
from after_school.rules import handing_over
from after_school.rules.sessions import check_happened, was_opened_late
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.actions.consents import lock_child_row
from diedie_edu.people.queries import live_consents
from diedie_edu.people.rules.consents import check_child_is_open, check_is_consented


@transaction.atomic
def let_in(
    *,
    session: Session,
    enrolment: Enrolment,
    zone: Zone,
    by: User,
    now: datetime,
    at: datetime | None = None,
) -> Presence:
    """The child is here from now on, or since `at`, typed in afterwards.

    Who is inside already stays where they are. Raises `Refused` where the session is not open,
    the child has left or is inside elsewhere, its consent has ended, or the zone is full.
    """
    locked = lock_open(session)
    check_happened(at or now, locked, now)
    presence = lock_presence(locked, enrolment)
    handing_over.check_has_not_left(presence)
    if presence.is_inside:
        return presence
    child, today = presence.child, local_day(now)
    check_child_is_open(child)
    check_is_consented(child, live_consents(child, today), today)
    handing_over.check_is_not_elsewhere(inside_elsewhere(presence))
    _check_zone_has_place(locked, zone)
    presence.arrived_at, presence.arrived_by, presence.zone = at or now, by, zone
    presence.save(update_fields=["arrived_at", "arrived_by", "zone"])
    event = log(presence, PresenceEvent.What.ARRIVED, by, now, zone=zone)
    was_missing = presence.missing_notified_at is not None
    if was_missing or _was_in_doubt(locked, now):
        _notify_found(event, was_missing, now)
    else:
        notify_arrived(event, now)
    notify_if_called_off(presence, now)
    return presence


def _was_in_doubt(session: Session, now: datetime) -> bool:
    """Whether guardians heard today that nobody had opened, or that it closed early."""
    return local_day(now) == session.day and (was_opened_late(session) or was_reopened(session))


def _check_zone_has_place(session: Session, zone: Zone) -> None:
    """Two tablets count one after the other."""
    locked = Zone.objects.select_for_update(no_key=True).get(pk=zone.pk)
    places = places_in(session, locked)
    handing_over.check_zone_has_place(locked, places, count_inside(session, zone))


def lock_presence(session: Session, enrolment: Enrolment) -> Presence:
    """The child's row at a session, made where it has none, locked, and the child's own.

    Raises `Refused` where it has none and the child is locked for good.
    """
    child = lock_child_row(enrolment.child_id)
    found = _rows(session, enrolment.child_id).first()
    if found is not None:
        return found
    check_child_is_open(child)
    fresh = Presence(
        session=session,
        enrolment=enrolment,
        term_id=enrolment.term_id,
        child_id=enrolment.child_id,
        is_expected=session.weekday in enrolment.weekdays,
    )
    Presence.objects.bulk_create([fresh], ignore_conflicts=True)
    return _rows(session, enrolment.child_id).get()


def _rows(session: Session, child: int):  # type: ignore[no-untyped-def]
    rows = Presence.objects.filter(session=session, child=child).select_related(
        "child", "zone", "collector", "collector_pass"
    )
    return rows.select_for_update(of=("self",), no_key=True)


def lock_again(presence: Presence) -> Presence:
    """The row as it is now, locked, its session held open.

    Raises `Refused` where the session is not open.
    """
    return lock_presence_at(presence.session, presence.child_id)


def lock_presence_at(session: Session, child: int) -> Presence:
    """As `lock_again`, of a child (id). Raises `Presence.DoesNotExist` where it was never here."""
    held = lock_open(session)
    found = _rows(held, child).get()
    found.session = held
    return found


@transaction.atomic
def change_zone(*, presence: Presence, zone: Zone, by: User, now: datetime) -> None:
    """Raises `Refused` where the child is not inside, or the zone is full."""
    locked = lock_again(presence)
    handing_over.check_is_inside(locked)
    if locked.zone_id == zone.pk:
        return
    _check_zone_has_place(locked.session, zone)
    locked.zone = zone
    locked.save(update_fields=["zone"])
    log(locked, PresenceEvent.What.ZONE, by, now, zone=zone)


@transaction.atomic
def note_call(*, presence: Presence, whom: str, outcome: str, by: User, now: datetime) -> None:
    """Staff have called somebody about a child. The same call twice within a minute is one."""
    locked = _rows(presence.session, presence.child_id).get()
    detail = f"{whom}: {outcome}"
    last = locked.events.filter(what=PresenceEvent.What.CALLED, by=by).last()
    if last is not None and last.detail == detail and (now - last.at).total_seconds() < 60:
        return
    log(locked, PresenceEvent.What.CALLED, by, now, detail=detail)


def log(
    presence: Presence,
    what: str,
    by: User | None,
    now: datetime,
    *,
    zone: Zone | None = None,
    detail: str = "",
) -> PresenceEvent:
    return PresenceEvent.objects.create(
        presence=presence, what=what, zone=zone, detail=detail, by=by, at=now
    )


def _notify_found(event: PresenceEvent, was_missing: bool, now: datetime) -> None:
    """Whoever was told that the child is missing is told that it has come; guardians too where
    they heard that the door was shut."""
    presence = event.presence
    subject = messages.CHILD.of(presence.child_id)
    cancel(subject=subject, kinds=[messages.MISSING, messages.MISSING_FOR_STAFF], now=now)
    guardians = guardians_to_notify(presence.child_id)
    staff = staff_to_notify() if was_missing else []
    when = presence.arrived_at or now
    notify_about(messages.FOUND, guardians, presence, event.pk, now, staff=staff, when_at=when)


def notify_guardians(
    kind: Kind,
    event: PresenceEvent,
    now: datetime,
    *,
    send_from: datetime | None = None,
    **facts: Any,
) -> None:
    """By page and, for whoever wishes, by text message; once for each event."""
    presence = event.presence
    people = guardians_to_notify(presence.child_id)
    notify_about(kind, people, presence, event.pk, now, staff=(), send_from=send_from, **facts)


def notify_about(
    kind: Kind,
    people: list[int],
    presence: Presence,
    revision: int,
    now: datetime,
    *,
    staff: Sequence[int] = (),
    send_from: datetime | None = None,
    **facts: Any,
) -> None:
    """Tell people (ids) and staff (accounts' ids) of a child's afternoon; `revision` is the
    event's id or the note's."""
    midnight = moment(local_day(now) + timedelta(days=1))
    notify(
        kind=kind,
        recipients=people,
        accounts=staff,
        subject=messages.CHILD.of(presence.child_id),
        revision=revision,
        data=messages.child_data(presence.child, session=presence.session_id, **facts),
        now=now,
        send_from=send_from,
        expires_at=midnight if kind in messages.OF_THE_DAY else None,
    )
