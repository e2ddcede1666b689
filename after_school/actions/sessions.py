"""Opening and closing an afternoon.

A child who comes or goes shares the lock of its session's row; closing takes it alone.
"""

from datetime import datetime

from django.db import transaction

from after_school import alarm_messages
from after_school.actions import alarms
from after_school.models import Presence, Session, SessionEvent
from after_school.queries import terms
from after_school.queries.expected import awaited_at, expected_at
from after_school.queries.still_here import children_inside
from after_school.rules.sessions import (
    check_can_be_closed,
    check_can_be_explained,
    check_can_be_opened,
    check_can_be_reopened,
    check_closing_is_explained,
    check_is_open,
    was_opened_late,
)
from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident

SHARED = "SELECT * FROM after_school_session WHERE id = %s FOR SHARE"


def lock_open(session: Session) -> Session:
    """Let nobody close the session until this transaction ends.

    Raises `Refused` where it is not open.
    """
    held = lock_shared(session)
    check_is_open(held)
    return held


def lock_shared(session: Session) -> Session:
    """Let nobody open, close or reopen it until this transaction ends."""
    [held] = Session.objects.raw(SHARED, [session.pk])
    held.term = session.term  # its hours; whoever comes here has read them
    return held


@transaction.atomic
def open_session(*, session: Session, by: User, now: datetime) -> None:
    """From now on children are let in; opening twice is harmless.

    Raises `Refused` where the day is called off, ahead, or too far back.
    """
    locked = _lock(session)
    if locked.state != Session.State.PLANNED:
        return
    check_can_be_opened(locked, locked.stands, now)  # type: ignore[attr-defined]
    locked.state, locked.opened_at, locked.opened_by = Session.State.OPEN, now, by
    locked.save(update_fields=["state", "opened_at", "opened_by"])
    _log(locked, SessionEvent.What.OPENED, by, now)
    if was_opened_late(locked):
        alarms.notify_opened_late(locked, by, now)


@transaction.atomic
def explain_gap(*, session: Session, reason: str, by: User, now: datetime) -> None:
    """Say why nobody opened an afternoon; it leaves the desk.

    Raises `Refused` where it was opened, called off, or is not over.
    """
    locked = _lock(session)
    check_can_be_explained(locked, locked.stands, now)  # type: ignore[attr-defined]
    _log(locked, SessionEvent.What.EXPLAINED, by, now, reason)


@transaction.atomic
def close_session(*, session: Session, by: User, now: datetime, reason: str = "") -> None:
    """End the afternoon, and write down who was expected and did not come.

    With children to come before its end staff and their guardians hear of it, and `plan_missing`
    goes on. Closing twice is harmless. Raises `Refused` while a child is inside, or where one is
    still to come and no reason is given (`awaited`).
    """
    locked = _lock(session)
    if locked.state == Session.State.CLOSED:
        return
    check_is_open(locked)
    check_can_be_closed(children_inside(locked.pk).count())
    awaited = awaited_at(locked).count()
    check_closing_is_explained(locked, awaited, reason, now)
    if awaited and now < locked.ends_at:
        alarms.notify_closed_early(locked, reason, by, now)
    _write_down_who_did_not_come(locked)
    # The server's clock may have been set back since it was opened.
    closed_at = max(now, locked.opened_at or now)
    locked.state, locked.closed_at, locked.closed_by = Session.State.CLOSED, closed_at, by
    locked.save(update_fields=["state", "closed_at", "closed_by"])
    _log(locked, SessionEvent.What.CLOSED, by, now, reason)
    alarms.stop([alarm_messages.NOT_COLLECTED], locked, now)


@transaction.atomic
def reopen_session(*, session: Session, reason: str, by: User, now: datetime) -> None:
    """Open a closed afternoon once more, to put something right; the reason is logged.

    Raises `Refused` on another day than that of its closing.
    """
    locked = _lock(session)
    if locked.is_open:
        return
    check_can_be_reopened(locked, now)
    locked.state, locked.closed_at, locked.closed_by = Session.State.OPEN, None, None
    locked.save(update_fields=["state", "closed_at", "closed_by"])
    _log(locked, SessionEvent.What.REOPENED, by, now, reason)
    alarms.stop(alarm_messages.CLOSED_EARLY, locked, now)


def _lock(session: Session) -> Session:
    found = Session.objects.annotate(stands=terms.STANDS).select_related("term")
    return found.select_for_update(of=("self",), no_key=True).get(pk=session.pk)


def _write_down_who_did_not_come(session: Session) -> None:
    """The children are held first, so that nobody withdraws a consent in between."""
    expected = expected_at(session)
    children = Resident.objects.filter(enrolments__in=expected).order_by("pk")
    list(children.select_for_update(of=("self",), no_key=True))
    Presence.objects.bulk_create(
        [
            Presence(session=session, enrolment=row, term_id=row.term_id, child_id=row.child_id)
            for row in expected.defer("allergies", "notes")
        ],
        ignore_conflicts=True,
    )


def _log(session: Session, what: str, by: User, now: datetime, reason: str = "") -> None:
    SessionEvent.objects.create(session=session, what=what, reason=reason, by=by, at=now)
