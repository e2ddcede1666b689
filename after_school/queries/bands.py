"""The band on top of everything a guardian reads of a child: one colour, one sign, one sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from after_school.messages import PHONES
from after_school.models import Enrolment, Presence
from after_school.queries.afternoons import (
    Afternoon,
    ChildToday,
    Standing,
    adults_in,
    child_today,
    place_of,
)
from after_school.queries.alarms import why_called_off
from after_school.queries.children import RIGHTS, next_days
from diedie_edu.accounts.models import User
from diedie_edu.common.days import day_text, local, time_text
from diedie_edu.common.spreadsheets.columns import listed
from diedie_edu.notices.kinds import numbers_to_ring
from diedie_edu.people.models import Resident

CALL_US = gettext_lazy("Please call us if you do not know where your child is.")
# Tone, icon and title of each standing.
LOOKS = {
    Standing.EXPECTED: ("amber", "clock", pgettext_lazy("a child", "Expected at %(starts)s")),
    Standing.INSIDE: ("leaf", "check-circle", pgettext_lazy("a child", "Here since %(arrived)s")),
    Standing.STILL_HERE: ("brick", "bell-alert", gettext_lazy("Still with us")),
    Standing.COME_NOW: ("brick", "bell-alert", gettext_lazy("Please come: called off")),
    Standing.GONE: ("indigo", "home", pgettext_lazy("a child", "Gone home at %(left)s")),
    Standing.CALLED_OFF: ("plain", "no-symbol", gettext_lazy("No 4:30 school today: called off")),
    Standing.ABSENT: ("plain", "calendar", gettext_lazy("Absent today")),
    Standing.FREE: ("plain", "calendar", gettext_lazy("Does not come on this weekday")),
    Standing.UNOPENED: ("brick", "exclamation-triangle", gettext_lazy("Not opened yet")),
    Standing.MISSING: ("brick", "bell-alert", gettext_lazy("Has not arrived")),
    Standing.ON_THE_WAY: ("amber", "clock", gettext_lazy("On the way")),
    Standing.WITH_GUARDIAN: ("plain", "home", gettext_lazy("With a guardian")),
    Standing.NOT_COME: ("brick", "exclamation-triangle", gettext_lazy("Did not come")),
}
SAYS = {
    Standing.ABSENT: gettext_lazy("You have told us that your child does not come."),
    Standing.MISSING: gettext_lazy(
        "Your child has not arrived. Please answer on its page, or call us."
    ),
}
PLEASE_COME = {
    Standing.COME_NOW: gettext_lazy(
        "The 4:30 school is called off today, and your child is with us. Please come, or call us."
    ),
    Standing.STILL_HERE: gettext_lazy(
        "The 4:30 school is over, and your child is still with us. Please come, or call us."
    ),
}


@dataclass(frozen=True)
class Band:
    """`numbers`: whose, and the number, where nothing but a call helps now."""

    tone: str
    icon: str
    title: str
    text: str = ""
    numbers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class ChildRow:
    """A child on the pages that show all of one's children."""

    child: Resident
    bands: list[Band]
    behind: list[Afternoon]


def children_of(user: User, now: datetime) -> list[ChildRow]:
    """The children an account answers for, each as it stands now."""
    found = (child_today(right, now) for right in RIGHTS.rows(account=user.pk))
    return [ChildRow(row.right.child, list(bands_of(row)), row.behind) for row in found]


def bands_of(child: ChildToday) -> Iterator[Band]:
    """What waits for an answer, and one for each afternoon of today; otherwise what is to be known
    instead."""
    if child.right.child.is_locked:
        text = _("Nothing new is stored. Give it again if you would like to keep the place.")
        yield Band("brick", "exclamation-triangle", _("The consent has ended."), text)
        return
    if not child.enrolments:
        yield Band("plain", "book-open", _("Not enrolled at present"))
    yield from filter(None, map(_band_of_place, child.enrolments))
    seated = [row for row in child.enrolments if row.sign_up.is_seated]
    today = [row for row in child.today if row.enrolment.sign_up.is_seated or row.presence]
    yield from map(band_of, today)
    if seated and not today:
        yield Band("plain", "calendar", _("No 4:30 school today"), _next_day(seated, child.now))


def _band_of_place(enrolment: Enrolment) -> Band | None:
    """Of a place that the child does not have yet."""
    sign_up = enrolment.sign_up
    if sign_up.offer_expires_at is not None:
        until = date_format(local(sign_up.offer_expires_at), "DATETIME_FORMAT")
        text = _("It is kept for you until %(until)s.") % {"until": until}
        return Band("amber", "bell", _("A place is free: please answer"), text)
    if sign_up.is_waiting:
        text = _("As soon as there is a place, we tell you.")
        return Band("amber", "queue-list", _("On the waiting list"), text)
    return None


def _next_day(seated: Sequence[Enrolment], now: datetime) -> str:
    ahead = [row for row in next_days(seated, now) if row.stands]  # type: ignore[attr-defined]
    return _("Next on %(day)s.") % {"day": day_text(ahead[0].day, year=False)} if ahead else ""


def band_of(afternoon: Afternoon) -> Band:
    standing, presence = afternoon.standing, afternoon.presence
    tone, icon, title = LOOKS[standing]
    if standing == Standing.EXPECTED and afternoon.session.starts_at <= afternoon.now:
        title = gettext_lazy("Not here yet, expected at %(starts)s")
    words = {
        "starts": time_text(afternoon.session.starts_at),
        "arrived": _clock(presence.arrived_at if presence else None),
        "left": _clock(presence.left_at if presence else None),
    }
    numbers = numbers_to_ring(PHONES) if tone == "brick" else ()
    return Band(tone, icon, str(title) % words, _text(afternoon), numbers)


def _clock(at: datetime | None) -> str:
    return time_text(at) if at else ""


def _text(afternoon: Afternoon) -> str:
    """What to know beside it, and what to do."""
    match afternoon.standing:
        case Standing.GONE:
            return _gone(afternoon.presence)  # type: ignore[arg-type]
        case Standing.UNOPENED:
            return f"{_('The 4:30 school has not been opened today.')} {CALL_US}"
        case Standing.NOT_COME:
            text = _("The 4:30 school closed at %(time)s today, and your child had not come.")
            return f"{text % {'time': _clock(afternoon.session.closed_at)}} {CALL_US}"
        case Standing.ON_THE_WAY | Standing.WITH_GUARDIAN:
            return _as_was_said(afternoon.presence)  # type: ignore[arg-type]
        case Standing.CALLED_OFF:
            return why_called_off(afternoon.session)
        case Standing.COME_NOW | Standing.STILL_HERE:
            return f"{PLEASE_COME[afternoon.standing]} {_where(afternoon)}"
        case Standing.EXPECTED | Standing.INSIDE:
            return _where(afternoon)
    return str(SAYS.get(afternoon.standing, ""))


def _gone(presence: Presence) -> str:
    if presence.walk_home_id:
        return _("walked home alone")
    who = presence.went_with
    return _("With %(who)s (%(how)s)") % {"who": who, "how": presence.get_checked_how_display()}


def _as_was_said(presence: Presence) -> str:
    answer = presence.answer
    words = {"who": answer.who, "time": time_text(answer.said_at)}
    return _("%(who)s said so at %(time)s.") % words


def _where(afternoon: Afternoon) -> str:
    """Zone, room, and who is with the children there."""
    place = place_of(afternoon)
    words = {"zone": place.zone, "room": place.occasion.venue}
    text = _("%(zone)s, %(room)s.") % words
    adults = adults_in(place)
    on_duty = _("On duty there: %(names)s.") % {"names": listed(adults)}
    return f"{text} {on_duty}" if adults else text
