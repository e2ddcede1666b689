"""Occasions as iCalendar (RFC 5545), for calendars on phones and desks.

Instants are written in UTC, which is right for single dates and needs no table of time zones.
The text depends on nothing but the rows, so its hash is an exact ETag: DTSTAMP is the moment
the activity was entered, SEQUENCE rises with every move and with calling off.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.common.days import ZONE
from diedie_edu.portal.calendar.addresses import address_of
from diedie_edu.portal.calendar.queries import OwnDate

if TYPE_CHECKING:
    from icalendar import Event

MAKER = "-//Community education//Learning portal//ZH"
READ_AGAIN_AFTER = timedelta(hours=1)


def written(title: str, events: "Iterable[Event]") -> bytes:
    """A whole calendar file of that title."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def public_event(occasion: Occasion) -> "Event":
    """A public date: it does not mark the reader's time as busy."""
    return _event(occasion, "CONFIRMED", occasion.activity.title, [], "TRANSPARENT")


def own_event(date: OwnDate, user: User) -> "Event":
    """The same for one person. Calendars are read by other companies' servers: no names in it."""
    title, lines = date.occasion.activity.title, [*_seats(date, user), *_duties(date)]
    if date.is_certain:
        return _event(date.occasion, "CONFIRMED", title, lines, "OPAQUE")
    state = date.sign_ups[0].get_status_display()
    summary = _("%(state)s: %(title)s") % {"state": state, "title": title}
    return _event(date.occasion, "TENTATIVE", summary, lines, "OPAQUE")


def _event(
    occasion: Occasion, status: str, summary: str, lines: list[str], transparency: str
) -> "Event":
    from icalendar import Event

    activity, venue, address = occasion.activity, occasion.venue, address_of(occasion.activity)
    if occasion.is_called_off:
        status, transparency = "CANCELLED", "TRANSPARENT"
        summary = _("Called off: %(title)s") % {"title": activity.title}
    fields = {
        "uid": f"occasion-{occasion.pk}@diedie-edu",
        "dtstamp": _utc(activity.created_at),
        "sequence": occasion.revision + occasion.is_called_off,
        "status": status,
        "summary": summary,
        "dtstart": _utc(occasion.starts_at),
        "dtend": _utc(occasion.ends_at),
        "location": " ".join(filter(None, [venue.title, venue.address])),
        "description": "\n".join([*_reason(activity), *lines, address]),
        "url": address,
        "transp": transparency,
    }
    event = Event()
    for name, value in fields.items():
        event.add(name, value)
    return event


def _reason(activity: Activity) -> list[str]:
    return [activity.call_off_reason] if activity.call_off_reason else []


def _seats(date: OwnDate, user: User) -> list[str]:
    """One line for oneself, one for the family, in each state."""
    counted = Counter((row.get_status_display(), _is_own(row, user)) for row in date.sign_ups)
    return [
        _("You: %(state)s") % {"state": state}
        if is_own
        else ngettext(
            "%(number)s of your family: %(state)s",
            "%(number)s of your family: %(state)s",
            number,
        )
        % {"number": number, "state": state}
        for (state, is_own), number in counted.items()
    ]


def _is_own(sign_up: SignUp, user: User) -> bool:
    return sign_up.resident.account_id == user.pk


def _duties(date: OwnDate) -> list[str]:
    return [_("On duty: %(work)s") % {"work": duty.get_work_display()} for duty in date.duties]


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
