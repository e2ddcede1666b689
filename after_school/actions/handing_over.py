"""Handing a child over: to a named person, to the bearer of a pass, or on its own way home.

Lock order: session (shared) → presence → collector or pass.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from after_school import messages
from after_school.actions import collecting, passes, seeing
from after_school.actions.presence import lock_again, lock_presence_at, log, notify_guardians
from after_school.alarm_messages import STILL_HERE
from after_school.models import (
    Collector,
    GuardianRight,
    Presence,
    PresenceEvent,
    Session,
    WalkHomePermission,
)
from after_school.queries.children import guardians_of
from after_school.rules import handing_over, sessions
from after_school.rules import seeing as seeing_rules
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, time_text
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.notices.actions import cancel


def hand_over(
    *,
    session: Session,
    child: int,
    collector: Collector,
    how: str,
    by: User,
    now: datetime,
    at: datetime | None = None,
) -> Presence:
    """The child (id) goes with a named person; `how` that person was checked (`Presence.Check`).

    The same hand-over twice is one. A guardian who shows a document is seen by it. Raises
    `Refused` where this person may not collect today (which is logged), is a guardian not seen
    yet and shows no document, the child is not inside, or the session is not open.
    """
    return _gone(_hand_over(session, child, collector, how, by, now, at))


@transaction.atomic
def _hand_over(
    session: Session,
    child: int,
    collector: Collector,
    how: str,
    by: User,
    now: datetime,
    at: datetime | None,
) -> Presence | Refused:
    locked = lock_presence_at(session, child)
    if locked.left_at is not None and locked.collector_id == collector.pk:
        return locked
    handing_over.check_is_inside(locked)
    handing_over.check_how(how)
    person, bar = collecting.lock_collector(collector.pk, child)
    rights = list(guardians_of(child))
    refusal = refusal_of(handing_over.check_may_collect, person, bar, locked.session.day)
    if refusal := refusal or refusal_of(seeing_rules.check_collector, person, rights):
        log(locked, PresenceEvent.What.REFUSED, by, now, detail=person.full_name)
        return refusal
    seeing_rules.check_document(person, how, rights, by.pk)
    _note_sight(person, how, rights, by, now)
    return _leave(locked, by, now, at, collector=person, checked_how=how)


def _note_sight(
    person: Collector, how: str, rights: list[GuardianRight], by: User, now: datetime
) -> None:
    """Whoever has shown a document has been seen; a lesser check confirms nobody."""
    for right in rights:
        if right.guardian_id == person.guardian_id and how == Presence.Check.DOCUMENT:
            seeing.note_sight(right=right, how=GuardianRight.Seen.DOCUMENT, by=by, now=now)


def hand_over_by_code(
    *,
    session: Session,
    child: int,
    code: str,
    by: User,
    now: datetime,
    at: datetime | None = None,
) -> Presence:
    """The child (id) goes with whoever tells the six digits of a pass for today.

    Raises `Refused` where no open pass has them, which counts as a try, or the pass is for
    somebody who has been barred since, or by a guardian not seen yet; both are logged.
    """
    return _gone(_hand_over_by_code(session, child, code, by, now, at))


@transaction.atomic
def _hand_over_by_code(
    session: Session, child: int, code: str, by: User, now: datetime, at: datetime | None
) -> Presence | Refused:
    locked = lock_presence_at(session, child)
    handing_over.check_is_inside(locked)
    day = locked.session.day
    try:
        used = passes.use_pass(child=locked.child, day=day, code=code, by=by, now=at or now)
        handing_over.check_code_fits(used)
    except Refused as refusal:
        log(locked, PresenceEvent.What.REFUSED, by, now, detail="******")
        return refusal
    return _leave(locked, by, now, at, collector_pass=used, checked_how=Presence.Check.CODE)


def _gone(came_of_it: Presence | Refused) -> Presence:
    """Raised only here, behind the transaction, so that what was logged of a refusal stays."""
    if isinstance(came_of_it, Refused):
        raise came_of_it
    return came_of_it


@transaction.atomic
def let_walk_home(
    *,
    session: Session,
    child: int,
    permission: WalkHomePermission,
    by: User,
    now: datetime,
    at: datetime | None = None,
) -> Presence:
    """The child (id) goes home alone, as a guardian permits on this day.

    The same twice is one. Raises `Refused` where the permission does not hold today, or is by a
    guardian whom staff have not seen.
    """
    locked = lock_presence_at(session, child)
    if locked.left_at is not None and locked.walk_home_id == permission.pk:
        return locked
    handing_over.check_is_inside(locked)
    given = WalkHomePermission.objects.select_for_update(of=("self",)).get(
        pk=permission.pk, child=child
    )
    handing_over.check_may_walk(given, locked.session.day)
    seeing_rules.check_word_counts(given.given_by_id, guardians_of(child))
    how = Presence.Check.PERMISSION
    return _leave(locked, by, now, at, walk_home=given, checked_how=how)


def _leave(
    presence: Presence, by: User, now: datetime, at: datetime | None, **way: Any
) -> Presence:
    # A tap counts as now, also where the server's clock has been set back since the child came.
    now_or_later = max(now, presence.arrived_at or now)
    left_at = at or now_or_later
    sessions.check_left(left_at, presence, now_or_later)
    presence.left_at, presence.left_by = left_at, by
    for name, value in way.items():
        setattr(presence, name, value)
    presence.save(update_fields=["left_at", "left_by", *way])
    who = presence.went_with
    event = log(presence, PresenceEvent.What.LEFT, by, now, detail=who)
    kind = messages.WALKED_HOME if presence.walk_home_id else messages.HANDED_OVER
    told_from = now + handing_over.TOLD_AFTER
    notify_guardians(kind, event, now, send_from=told_from, when_at=left_at, who=who)
    if presence.session.ends_at <= now:
        cancel(subject=messages.CHILD.of(presence.child_id), kinds=[STILL_HERE], now=now)
    return presence


@transaction.atomic
def note_refusal(*, presence: Presence, collector: Collector, by: User, now: datetime) -> None:
    """Somebody who may not collect came for the child and was refused; guardians are told."""
    locked = lock_again(presence)
    name = collector.full_name
    event = log(locked, PresenceEvent.What.REFUSED, by, now, detail=name)
    day = locked.session.day
    if local_day(now) == day:
        notify_guardians(messages.REFUSED, event, now, time=time_text(now), who=name)
    else:
        notify_guardians(messages.REFUSED_THEN, event, now, day_on=day, who=name)
