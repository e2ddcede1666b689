"""Reads of room requests: whose they are, and what is asked in them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import EVERYWHERE, within
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
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.holders import Asker, askers_of
from diedie_edu.venues.models import Booking, RoomRequest
from diedie_edu.venues.queries import availability
from diedie_edu.venues.rules.availability import DAY, REACH
from diedie_edu.venues.rules.requests import RoomPlan, check_plan, planned_days
from diedie_edu.venues.rules.series import PlannedDay

SLUG = "room-request"  # of its kind of decision
PARTNER = "partner"


def askers(user: User) -> list[Asker]:
    """For whom an account may ask: what it leads, the programmes in which it plans, and partners
    where it plans in all of them."""
    planned = within(Programme.objects, user.scopes(Permission.PLAN_ACTIVITIES))
    found = [Asker(f"programme:{row.slug}", row.title_zh, row.slug) for row in planned]
    if user.may(Permission.PLAN_ACTIVITIES, EVERYWHERE):
        found.append(Asker(PARTNER, _("a partner"), ""))
    return [*askers_of(user), *found]


def days_of(plan: RoomPlan, now: datetime) -> list[PlannedDay]:
    """What a plan comes to as things stand. Raises `Refused` where it cannot be worked out."""
    check_plan(plan, now)
    wanted = list(plan.wanted())
    reach = REACH * DAY
    start, end = wanted[0].starts_at - reach, wanted[-1].ends_at + reach
    return planned_days(plan, availability.occupancy([plan.venue.pk], start, end), now)


def decision_of(request: RoomRequest) -> Request | None:
    """What waits for an answer, or was returned, if anything."""
    return Request.objects.filter(kind=SLUG, subject=request.pk, state__in=OPEN).first()


def answers_to(requests: Collection[int]) -> dict[int, Request]:
    """The last request of each (ids) in `decisions`, if any, by its id."""
    rows = Request.objects.filter(kind=SLUG, subject__in=requests).order_by("pk")
    return {row.subject: row for row in rows}


def kept_by(user: User) -> QuerySet[RoomRequest]:
    """Those that an account may open: its own, and those of the programmes in which it plans."""
    planned = within(RoomRequest.objects, user.scopes(Permission.PLAN_ACTIVITIES))
    rows = RoomRequest.objects.filter(Q(asked_by=user) | Q(pk__in=planned.values("pk")))
    return rows.select_related("programme", "organisation", "asked_by")


def standing(
    requests: QuerySet[RoomRequest], now: datetime, *, is_past: bool
) -> QuerySet[RoomRequest]:
    """Those with a date ahead that wait or are approved, what begins first on top; or the others,
    the newest first. Each with its `dates`."""
    ahead = Q(bookings__ends_at__gt=now, bookings__is_off=False)
    first = Min("bookings__starts_at", filter=ahead)
    rows = requests.annotate(first_at=first)
    stands = Q(first_at__isnull=False, state__in=RoomRequest.OPEN)
    found = rows.exclude(stands) if is_past else rows.filter(stands)
    return with_dates(found.order_by("-pk" if is_past else "first_at", "-pk"))


def dates_of(request: RoomRequest) -> list[Booking]:
    """All, those that are left out too."""
    return list(request.bookings.select_related("venue").order_by("starts_at", "pk"))


def reason_of(decision: Request | None) -> str:
    """Why it was refused or returned, in the words of whoever decided."""
    if decision is None:
        return ""
    return decision.steps.get(number=decision.last_step).reason


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


class Waiting(NamedTuple):
    request: RoomRequest
    first: Booking  # of its dates


def waiting() -> list[Waiting]:
    """What waits for an answer."""
    rows = Booking.objects.filter(request__state=RoomRequest.State.WAITING, is_off=False)
    rows = rows.order_by("request_id", "starts_at", "pk").distinct("request_id")
    found = rows.select_related("venue", "request__programme")
    return [Waiting(row.request, row) for row in found if row.request]


def without_dates() -> QuerySet[RoomRequest]:
    """What waits for an answer though none of its dates stands any more, and none is kept for it:
    they gave way, or were called off."""
    rows = RoomRequest.objects.filter(state=RoomRequest.State.WAITING)
    live = Booking.objects.filter(request=OuterRef("pk"), is_off=False)
    kept = Booking.objects.filter(held_for__booking__request=OuterRef("pk"))
    return rows.exclude(Exists(live)).exclude(Exists(kept))


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
    yield Line(_("Who uses the room"), content["whose"])
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
    found = RoomRequest.objects.filter(pk=request.subject).first()
    if found is None:
        return None
    facts = {"free": free_instead(found, dates_of(found), local_now())}
    return Panel(0, "venues/own_request.html", facts)


@dataclass(frozen=True)
class FreeTime:
    """A free time, and where it is asked for."""

    place: Booking
    url: str


def free_instead(row: RoomRequest, dates: Sequence[Booking], now: datetime) -> list[FreeTime]:
    """The nearest free times of what was refused or has ended; none for what stands."""
    if row.state not in (RoomRequest.State.REFUSED, RoomRequest.State.ENDED) or not dates:
        return []
    first, reach = dates[0], REACH * DAY
    known = availability.occupancy([first.venue_id], first.starts_at - reach, first.ends_at + reach)
    free = known.nearest_free(first, lambda at: at > now)
    return [FreeTime(place, _ask_url(place, row)) for place in free]


def _ask_url(place: Booking, row: RoomRequest) -> str:
    starts, ends = local(place.starts_at), local(place.ends_at)
    asked = {"venue": f"{place.venue_id}", "purpose": row.purpose, "day": f"{starts:%Y-%m-%d}"}
    times = {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    return f"{reverse('venues:request_create')}?{urlencode(asked | times)}"
