"""The 4:30 school on the staff desk: today's afternoon, and what needs a person."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from after_school.models import Session, ZoneDay
from after_school.queries import alarms, children, clearances, roster
from after_school.queries.guardian_messages import unseen_today
from after_school.queries.sessions import Stand, sessions_at
from after_school.queries.stands import stands_at
from after_school.queries.today import sessions_to_tend, to_tend
from after_school.queries.whereabouts import whereabouts_today
from after_school.rules import terms
from after_school.rules.sessions import is_unopened, opens_at
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import day_text, local_day, time_text
from diedie_edu.common.parts import DeskProblems, Figure, Problem
from diedie_edu.common.peeks import Peek

SHORT_AHEAD = timedelta(days=2)
CLEARANCES_AHEAD = timedelta(days=30)
State = Session.State


def figures(user: User, now: datetime) -> list[Figure]:
    """Of each of today's afternoons: who is inside, or was; before it is opened, who is expected.

    It stands first, and stands out while it can be worked at.
    """
    if not user.may(Permission.LOOK_AFTER_CHILDREN, terms.PROGRAMME):
        return []
    rows: list[Any] = TODAYS.rows(today=local_day(now))
    return [_figure(row, now) for row in rows if row.is_open or row.stands]


def todays(today: date) -> QuerySet[Session]:
    shown = Q(state=State.OPEN) | Q(term__state=Activity.State.PUBLISHED)
    found = sessions_at(today).filter(shown).order_by("pk")
    return found.only("day", "weekday", "state", "starts", "ends", "closed_at", "term__id")


TODAYS = Composed[Session](todays, today=date)
SHORT = Composed[ZoneDay](roster.short_zones, now=datetime, until=datetime)


def _figure(session: Session, now: datetime) -> Figure:
    counts = stands_at(session, now)
    due = counts[Stand.MISSING] + counts[Stand.TO_COME]
    inside, gone = counts[Stand.INSIDE], counts[Stand.GONE]
    numbers = {
        State.PLANNED: (due, ngettext("child expected today", "children expected today", due)),
        State.OPEN: (inside, ngettext("child inside now", "children inside now", inside)),
        State.CLOSED: (gone, ngettext("child was here today", "children were here today", gone)),
    }
    number, label = numbers[State(session.state)]
    missing = counts[Stand.MISSING] if session.state == State.OPEN else 0
    return Figure(
        1,
        number,
        label,
        url=reverse("after_school:session", args=[session.pk]),
        note=_note(session, counts),
        tone="brick" if missing or is_unopened(session, now) else "amber",
        is_now=session.is_open
        or (session.state == State.PLANNED and opens_at(session) <= now < session.ends_at),
    )


def _note(session: Session, counts: Counter[Stand]) -> str:
    if session.state == State.PLANNED:
        return _("from %(time)s, not opened yet") % {"time": time_text(session.starts_at)}
    words = {
        _("%(number)d missing without notice"): counts[Stand.MISSING],
        _("%(number)d to come"): counts[Stand.TO_COME],
        _("%(number)d gone home"): counts[Stand.GONE],
    }
    if session.state == State.CLOSED:
        return _("closed at %(time)s") % {"time": time_text(session.closed_at)}  # type: ignore[arg-type]
    return " · ".join(text % {"number": number} for text, number in words.items() if number)


def _afternoons(now: datetime) -> Iterator[Problem]:
    """Today's to be opened, red once that is late, and whichever is still open."""
    tended = sessions_to_tend(local_day(now))
    several = len({session.term_id for session in tended}) > 1
    for session in tended:
        url = reverse("after_school:session", args=[session.pk])
        day = f"{day_text(session.day, year=False)} {session.term.title if several else ''}".strip()
        number: int = session.inside  # type: ignore[attr-defined]
        if session.is_open and not session.stands and number:  # type: ignore[attr-defined]
            text = ngettext(
                "%(day)s is called off: %(number)d child is still here.",
                "%(day)s is called off: %(number)d children are still here.",
                number,
            )
            whom = reverse("after_school:still_here", args=[session.pk])
            yield Problem(
                1, text % {"day": day, "number": number}, whom, _("Whom to call"), "brick"
            )
        elif session.is_open and not session.stands:  # type: ignore[attr-defined]
            text = _("%(day)s is called off, and every child has gone home.") % {"day": day}
            yield Problem(50, text, url, _("Close it"))
        elif session.is_open and session.ends_at <= now and number:
            text = ngettext(
                "%(day)s: %(number)d child is still here.",
                "%(day)s: %(number)d children are still here.",
                number,
            )
            whom = reverse("after_school:still_here", args=[session.pk])
            yield Problem(
                1, text % {"day": day, "number": number}, whom, _("Whom to call"), "brick"
            )
        elif session.is_open and session.ends_at <= now:
            text = _("The afternoon of %(day)s is not closed yet.") % {"day": day}
            yield Problem(50, text, url, _("Open it"), "brick")
        elif is_unopened(session, now) and now < session.ends_at:
            text = _("Nobody has opened today's afternoon, though it began at %(time)s.")
            words = {"time": time_text(session.starts_at)}
            yield Problem(1, text % words, url, _("Open it now"), "brick")
        elif not session.is_open and opens_at(session) <= now < session.ends_at:
            yield Problem(
                50, _("Today's afternoon at the 4:30 school can be opened."), url, _("Open it")
            )


def _gaps(now: datetime) -> Iterator[Problem]:
    """All in one line, the oldest first to be explained."""
    days = list(alarms.gaps(now).values_list("pk", flat=True))
    if days:
        text = ngettext(
            "%(number)d afternoon was never opened, and nobody has said why.",
            "%(number)d afternoons were never opened, and nobody has said why.",
            len(days),
        )
        url = reverse("after_school:session_explain", args=[days[0]])
        yield Problem(20, text % {"number": len(days)}, url, _("Say why"), "brick")


def _answers(now: datetime) -> Iterator[Problem]:
    """Who said where a child is that has not come."""
    for row in whereabouts_today(local_day(now)):
        presence = row.presence
        text = _("%(name)s: “%(said)s” (%(who)s, %(time)s)") % {
            "name": presence.child,
            "said": row.get_said_display(),
            "who": row.who,
            "time": time_text(row.said_at),
        }
        url = reverse("after_school:session_child", args=[presence.session_id, presence.child_id])
        yield Problem(45, text, url, _("Open the child's page"))


def _unseen(now: datetime) -> Iterator[Problem]:
    """What guardians wrote and nobody has seen, all in one line."""
    sessions = list(unseen_today(local_day(now)).values_list("presence__session", flat=True))
    if sessions:
        text = ngettext(
            "%(number)d message from a guardian has not been seen.",
            "%(number)d messages from guardians have not been seen.",
            len(sessions),
        )
        url = reverse("after_school:session", args=[sessions[0]])
        yield Problem(40, text % {"number": len(sessions)}, url, _("Read"))


def _short(now: datetime) -> Iterator[Problem]:
    for row in SHORT.rows(now=now, until=now + SHORT_AHEAD):
        text = _("%(day)s, %(zone)s: %(filled)d of %(needed)d adults are on duty.") % {
            "day": day_text(row.session.day, year=False),
            "zone": row.zone,
            "filled": row.filled,  # type: ignore[attr-defined]
            "needed": row.needed,  # type: ignore[attr-defined]
        }
        address = f"{reverse('after_school:roster')}?week={row.session.day:%Y-%m-%d}"
        yield Problem(50, text, address, _("Open the roster"), "brick")


def _to_be_confirmed(now: datetime) -> Iterator[Problem]:
    number = children.to_be_confirmed(local_day(now)).values("child").distinct().count()
    if number:
        text = ngettext(
            "%(number)d child is enrolled by a guardian whom none of us has seen.",
            "%(number)d children are enrolled by guardians whom none of us has seen.",
            number,
        )
        url = reverse("after_school:to_be_confirmed")
        yield Problem(50, text % {"number": number}, url, _("Look at them"))


def _nobody_to_tell(now: datetime) -> Iterator[Problem]:
    """All in one line, with the record of the first."""
    rows = children.whom_nobody_hears_of(local_day(now))
    found = list(rows.values_list("child", flat=True).distinct())
    if found:
        text = ngettext(
            "%(number)d child has no guardian with a telephone or an account: nobody can be told.",
            "%(number)d children have no guardian with a telephone or an account: nobody can be "
            "told.",
            len(found),
        )
        url = reverse("after_school:record", args=[found[0]])
        yield Problem(20, text % {"number": len(found)}, url, _("Open the record"), "brick")


def _clearances(now: datetime) -> Iterator[Problem]:
    number = clearances.clearances_running_out(local_day(now), CLEARANCES_AHEAD).count()
    if number:
        text = ngettext(
            "The check of %(number)d volunteer runs out within 30 days.",
            "The checks of %(number)d volunteers run out within 30 days.",
            number,
        )
        url = reverse("after_school:clearances")
        yield Problem(50, text % {"number": number}, url, _("Look at them"))


def _seen_by(
    permission: Permission, of: Callable[[datetime], Iterator[Problem]], peek: Peek
) -> DeskProblems:
    return DeskProblems(
        lambda user, now: of(now) if user.may(permission, terms.PROGRAMME) else (), (peek,)
    )


LOOKS_AFTER = Permission.LOOK_AFTER_CHILDREN
PROBLEMS = (
    _seen_by(LOOKS_AFTER, _afternoons, Peek(to_tend)),
    _seen_by(LOOKS_AFTER, _answers, Peek(whereabouts_today)),
    _seen_by(LOOKS_AFTER, _unseen, Peek(unseen_today)),
    _seen_by(LOOKS_AFTER, _gaps, Peek(alarms.gaps)),
    _seen_by(LOOKS_AFTER, _short, Peek(roster.short_zones, until=lambda now: now + SHORT_AHEAD)),
    _seen_by(LOOKS_AFTER, _to_be_confirmed, Peek(children.to_be_confirmed)),
    _seen_by(LOOKS_AFTER, _nobody_to_tell, Peek(children.whom_nobody_hears_of)),
    _seen_by(
        Permission.KEEP_CLEARANCES,
        _clearances,
        Peek(clearances.ending, last=lambda now: local_day(now) + CLEARANCES_AHEAD),
    ),
)
