"""What the 4:30 school does when days of it are called off, by whatever door, or held again.

A session with children inside stays open until the last is handed over. Bookings, occasions and
duties are the common rooms' matter.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from after_school import day_messages, messages
from after_school.models import GuardianRight, Presence, Session, SessionEvent, Term
from after_school.queries.children import IS_BARRED
from after_school.queries.expected import called_off_children, enrolled_on
from after_school.queries.roster import volunteers_of
from after_school.queries.sessions import sessions_with, staff_to_notify, takes_place
from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.common.days import moment, time_text
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.queries.names import register_name
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.queries.duties import duties_at


def called_off(occasions: Collection[int], reason: str, by: User, now: datetime) -> None:
    """Log it, and tell families: “your child is here” of who is inside, “not today” of others.

    Of days that nobody has opened guardians of those expected hear, each once.
    """
    sessions = lock_sessions(occasions)
    _log(sessions, SessionEvent.What.CALLED_OFF, by, now, reason)
    inside = Presence.objects.filter(Presence.INSIDE, session__in=sessions)
    here = Resident.objects.filter(presences__in=inside)
    facts = {"reason": reason}
    _stop(sessions, now)
    notify_families(day_messages.COME_NOW, here, sessions[:1], facts, now)
    others = called_off_children(sessions)
    one, several = day_messages.NOT_TODAY, day_messages.NOT_THESE_DAYS
    notify_families(one if _is_one_day(sessions) else several, others, sessions, facts, now)
    for session in sessions:
        _notify_adults(session, reason, by, now)


def held_again(occasions: Collection[int], by: User, now: datetime) -> None:
    """Log it, and tell the guardians of those who are expected again, or inside."""
    sessions = lock_sessions(occasions)
    _log(sessions, SessionEvent.What.HELD_AGAIN, by, now)
    _stop(sessions, now)
    notify_added(sessions, now)


def lock_sessions(occasions: Collection[int]) -> list[Session]:
    """By day; nobody comes, goes, opens or closes meanwhile."""
    found = sessions_with(occasions).select_for_update(of=("self",), no_key=True)
    return list(found.select_related("term").order_by("pk"))


def notify_added(sessions: Sequence[Session], now: datetime) -> int:
    """Guardians of those who come on days that had been left out; how many."""
    kind = day_messages.HELD_AFTER_ALL
    if not _is_one_day(sessions):
        kind = day_messages.THESE_DAYS_AFTER_ALL
    return notify_families(kind, enrolled_on(sessions), sessions, {}, now)


def notify_makeup_day(session: Session, now: datetime) -> int:
    """Guardians of those who come by its timetable, and the term's volunteers who are cleared on
    that day, hear that it is held; how many people."""
    told = notify_families(
        day_messages.MAKE_UP_DAY,
        enrolled_on([session]),
        [session],
        _weekday_names(session) | {"starts_at": session.starts_at.isoformat()},
        now,
    )
    helpers = volunteers_of(session)
    notify(
        kind=day_messages.MAKE_UP_FOR_VOLUNTEERS,
        recipients=helpers,
        subject=messages.SESSION.of(session.pk),
        data={"day_on": session.day, "starts_at": session.starts_at.isoformat()},
        expires_at=session.ends_at,
        now=now,
    )
    return told + len(helpers)


def notify_if_called_off(presence: Presence, now: datetime) -> None:
    """Guardians of a child who has come all the same hear that it is here."""
    if takes_place(presence.session):
        return
    event = presence.session.events.filter(what=SessionEvent.What.CALLED_OFF).last()
    facts = {"reason": event.reason if event else ""}
    child = Resident.objects.filter(pk=presence.child_id)
    notify_families(day_messages.COME_NOW, child, [presence.session], facts, now)


def notify_term_changed(term: Term, now: datetime) -> int:
    """Guardians of its children, and who is on duty on a day ahead, hear how it is held now; how
    many people."""
    if term.state != Activity.State.PUBLISHED:
        return 0
    children = term.sign_ups.filter(status__in=SignUp.LIVE).values("resident")
    guardians = GuardianRight.objects.filter(child__in=children)
    ahead = Occasion.objects.filter(activity=term.pk, starts_at__gt=now).values("pk")
    on_duty = duties_at(ahead).values_list("volunteer__resident", flat=True)
    about: dict[str, Any] = {
        "subject": ACTIVITY.of(term.pk),
        "revision": f"changed.{now:%Y%m%d%H%M%S%f}",
        "data": {
            "term_title": term.title,
            "first_on": term.first_day,
            "last_on": term.last_day,
            "starts": f"{term.starts:%H:%M}",
            "ends": f"{term.ends:%H:%M}",
        },
        "expires_at": moment(term.last_day + timedelta(days=1)),
        "now": now,
    }
    families = set(guardians.values_list("guardian_id", flat=True))
    helpers = set(on_duty) - families
    notify(kind=day_messages.TERM_CHANGED, recipients=sorted(families), **about)
    notify(kind=day_messages.DUTIES_CHANGED, recipients=sorted(helpers), **about)
    return len(families | helpers)


def _weekday_names(session: Session) -> dict[str, str]:
    """The day whose timetable holds, in the languages of messages."""
    names = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            names[f"weekday_{language[:2]}"] = str(session.get_weekday_display())
    return names


def _log(sessions: Sequence[Session], what: str, by: User, now: datetime, reason: str = "") -> None:
    """Of a draft nothing is written: nobody knows of it, and it may go."""
    SessionEvent.objects.bulk_create(
        SessionEvent(session=session, what=what, reason=reason, by=by, at=now)
        for session in sessions
        if session.term.state != Activity.State.DRAFT
    )


def _is_one_day(sessions: Sequence[Session]) -> bool:
    return len({session.day for session in sessions}) == 1


def _stop(sessions: Sequence[Session], now: datetime) -> None:
    """What has not gone out yet of whether they take place is true no more."""
    subjects = {day_messages.SCHOOL_DAY.of(_number(row)) for row in sessions}
    subjects |= {messages.SESSION.of(row.pk) for row in sessions}
    kinds = (
        *day_messages.CALLED_OFF,
        day_messages.HELD_AFTER_ALL,
        day_messages.THESE_DAYS_AFTER_ALL,
    )
    cancel(subject=list(subjects), kinds=kinds, now=now)


def _number(session: Session) -> int:
    """A day as a number, for the subject of messages."""
    return int(f"{session.day:%Y%m%d}")


def notify_families(
    kind: Kind,
    children: QuerySet[Resident],
    sessions: Sequence[Session],
    facts: dict[str, Any],
    now: datetime,
) -> int:
    """Each guardian who is not barred once for all their children; how many guardians."""
    if not sessions:
        return 0
    rights = GuardianRight.objects.filter(~IS_BARRED, child__in=children)
    numbers = Counter(rights.values_list("guardian_id", flat=True))
    first, last = min(sessions, key=_number), max(sessions, key=_number)
    days = {"day_on": first.day, "first_on": first.day, "last_on": last.day}
    for number in sorted(set(numbers.values())):
        notify(
            kind=kind,
            recipients=[who for who, how_many in numbers.items() if how_many == number],
            subject=day_messages.SCHOOL_DAY.of(_number(first)),
            revision=f"{first.pk}.{now:%Y%m%d%H%M%S%f}",
            data={"number": number, "days": len(sessions), **days, **facts},
            expires_at=moment(last.day + timedelta(days=1)),
            now=now,
        )
    return len(numbers)


def _notify_adults(session: Session, reason: str, by: User, now: datetime) -> None:
    """Staff, lead and whoever is on duty, of children who are inside."""
    number = Presence.objects.filter(Presence.INSIDE, session=session).count()
    if not number:
        return
    about: dict[str, Any] = {
        "subject": messages.SESSION.of(session.pk),
        "revision": f"{now:%Y%m%d%H%M%S%f}",
        "expires_at": moment(session.day + timedelta(days=1)),
        "now": now,
    }
    facts = {"session": session.pk, "number": number}
    notify(
        kind=day_messages.CALLED_OFF_WITH_CHILDREN,
        accounts=staff_to_notify(),
        data=facts | {"time": time_text(now), "by": register_name(by), "reason": reason},
        **about,
    )
    on_duty = duties_at(session.zone_days.values("occasion")).filter(signed_out_at=None)
    people = list(on_duty.values_list("volunteer__resident", flat=True).distinct())
    notify(kind=day_messages.PLEASE_STAY, recipients=people, data=facts, **about)
