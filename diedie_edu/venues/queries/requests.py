"""Reads of room requests: whose they are, and what is asked in them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.bilingual import in_language
from diedie_edu.common.days import (
    WEEKDAYS,
    day_text,
    local,
    local_day,
    local_now,
    span_text,
    time_text,
)
from diedie_edu.common.parts import Panel
from diedie_edu.decisions.kinds import Content, Line
from diedie_edu.decisions.models import OPEN, Request
from diedie_edu.venues.models import Booking, RoomRequest
from diedie_edu.venues.queries import availability
from diedie_edu.venues.rules.availability import DAY, REACH

SLUG = "room-request"  # of its kind of decision


def decision_of(request: RoomRequest) -> Request | None:
    """What waits for an answer, or was returned, if anything."""
    return Request.objects.filter(kind=SLUG, subject=request.pk, state__in=OPEN).first()


def answers_to(requests: Collection[int]) -> dict[int, Request]:
    """The last request of each (ids) in `decisions`, if any, by its id."""
    rows = Request.objects.filter(kind=SLUG, subject__in=requests).order_by("pk")
    return {row.subject: row for row in rows}


def kept_by(user: User) -> QuerySet[RoomRequest]:
    """Those that an account may open: its own, and those of the programmes in which it plans."""
    own = Q(asked_by=user) | RoomRequest.belongs.at(user.scopes(Permission.PLAN_ACTIVITIES))
    return RoomRequest.objects.filter(own).select_related("programme", "organisation", "asked_by")


def with_dates(requests: QuerySet[RoomRequest]) -> QuerySet[RoomRequest]:
    """Each with its `dates`, called-off ones too, in one query more."""
    rows = Booking.objects.select_related("venue").order_by("starts_at", "pk")
    return requests.prefetch_related(Prefetch("bookings", rows, to_attr="dates"))


def asked_by(bookings: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of a booking that was asked for and the account that did (ids)."""
    rows = Booking.objects.filter(pk__in=bookings, request__isnull=False)
    return list(rows.values_list("pk", "request__asked_by"))


def live_bookings(request: RoomRequest) -> list[Booking]:
    rows = request.bookings.filter(is_off=False).select_related("venue")
    return list(rows.order_by("starts_at", "pk"))


def ahead_of(request: RoomRequest, now: datetime) -> list[Booking]:
    """Its live dates that have not begun."""
    return [row for row in live_bookings(request) if row.starts_at > now]


def needs_approval(request: RoomRequest) -> bool:
    return request.bookings.filter(is_off=False, venue__needs_approval=True).exists()


def first_waiting() -> list[Booking]:
    """The first date of each request that waits for an answer, with the request."""
    rows = Booking.objects.filter(request__state=RoomRequest.State.WAITING, is_off=False)
    rows = rows.order_by("request_id", "starts_at", "pk").distinct("request_id")
    return list(rows.select_related("venue", "request__programme"))


# --- What is decided on -------------------------------------------------------------------


def contents(requests: Collection[int]) -> Mapping[int, Content]:
    rows = RoomRequest.objects.filter(pk__in=requests)
    return {row.pk: _content(row) for row in with_dates(rows)}


def _content(row: Any) -> Content:
    live = [booking for booking in row.dates if not booking.is_off]
    rooms = [_weekly(booking) if row.goes_on else _once(booking) for booking in live]
    if row.goes_on:
        rooms = [room for room, _same in groupby(sorted(rooms, key=str))]
    return {
        "whose": row.whose,
        "purpose": row.purpose,
        "people": row.people,
        "note": row.note,
        "goes_on": row.goes_on,
        "rooms": rooms,
    }


def _room(booking: Booking) -> dict[str, Any]:
    venue = booking.venue
    return {"zh": venue.title_zh, "en": venue.title_en, "music": booking.with_music}


def _once(booking: Booking) -> dict[str, Any]:
    times = {"starts": local(booking.starts_at), "ends": local(booking.ends_at)}
    return _room(booking) | {name: at.isoformat() for name, at in times.items()}


def _weekly(booking: Booking) -> dict[str, Any]:
    """Its weekday and hours: a further week changes nothing of what was asked."""
    day = local_day(booking.starts_at).isoweekday()
    times = {"starts": time_text(booking.starts_at), "ends": time_text(booking.ends_at)}
    return _room(booking) | times | {"weekday": day}


def lines(content: Content) -> Iterator[Line]:
    yield Line(_("For whom"), content["whose"])
    yield Line(_("What for"), content["purpose"])
    yield Line(_("How many people"), str(content["people"] or ""))
    yield Line(_("Room and time"), "\n".join(map(_room_text, content["rooms"])))
    yield Line(_("What else we should know"), content["note"])


def _room_text(room: Mapping[str, Any]) -> str:
    venue = in_language(room["zh"], room["en"])
    words = [_when_text(room), venue, _("with music") if room["music"] else ""]
    return " · ".join(filter(None, words))


def _when_text(room: Mapping[str, Any]) -> str:
    if "weekday" in room:
        words = {"weekday": WEEKDAYS[room["weekday"] - 1], "starts": room["starts"]}
        return _("every %(weekday)s %(starts)s–%(ends)s") % (words | {"ends": room["ends"]})
    starts, ends = (datetime.fromisoformat(room[name]) for name in ("starts", "ends"))
    return f"{day_text(local_day(starts))} {span_text(starts, ends)}"


def own(request: Request) -> Panel | None:
    """For whoever asked: where a room was refused, when it is free instead."""
    found = with_dates(RoomRequest.objects.filter(pk=request.subject)).first()
    if found is None:
        return None
    facts = {"request": found, "free": free_instead(found.dates, found.state)}  # type: ignore[attr-defined]
    return Panel(0, "venues/own_request.html", facts)


def free_instead(dates: Sequence[Booking], state: str) -> list[Booking]:
    """The nearest free times of what was refused or has ended; none for what stands."""
    if state not in (RoomRequest.State.REFUSED, RoomRequest.State.ENDED) or not dates:
        return []
    now, first = local_now(), dates[0]
    reach = REACH * DAY
    known = availability.occupancy([first.venue_id], first.starts_at - reach, first.ends_at + reach)
    return known.nearest_free(first, lambda at: at > now)
