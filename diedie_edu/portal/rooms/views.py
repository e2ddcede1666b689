"""Which room is held when, over all programmes: a day of all, a week of all, a week of one, and
today's on a wall."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day, local_now, week_of
from diedie_edu.common.manifests import programmes
from diedie_edu.common.sent import sent_day
from diedie_edu.portal.calendar.grid import WEEK
from diedie_edu.portal.calendar.rules import is_within_reach
from diedie_edu.portal.rooms import queries
from diedie_edu.portal.rooms.wall import board
from diedie_edu.venues.models import Venue

DAY = timedelta(days=1)


@public
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """All rooms on one day."""
    shown = _day(request)
    plan = queries.timetable(queries.all_rooms(), [shown], request.user)
    context = {"plan": plan, "shown": shown, "may_ask": queries.may_ask(request.user)}
    context |= _turns("rooms_day", shown, DAY)
    return render(request, "portal/rooms/day.html", context)


@public
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """All rooms on the days of a week, at a glance."""
    shown = _day(request)
    days = week_of(shown)
    rows = queries.glances(queries.all_rooms(), days)
    context = {"days": days, "rows": rows, "shown": shown, **_turns("rooms_week", shown, WEEK)}
    return render(request, "portal/rooms/week.html", context)


@public
@require_safe
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """One room on the days of a week."""
    venue = get_object_or_404(Venue.objects.select_related("part_of"), pk=pk)
    shown = _day(request)
    days = week_of(shown)
    context = {
        "venue": venue,
        "parts": venue.parts.all(),
        "hours": venue.opening_hours.all(),
        "music": venue.music_hours.all(),
        "plan": queries.timetable([venue], days, request.user),
        "shown": shown,
        "days": days,
        "may_ask": queries.may_ask(request.user),
        "may_close": request.user.is_authenticated and request.user.may(Permission.KEEP_CALENDAR),
        **_turns("room_week", shown, WEEK, venue.pk),
    }
    return render(request, "portal/rooms/room.html", context)


@public
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Today's rooms, for a screen on the wall: the same for everybody, whoever is signed in."""
    now = local_now()
    plan = queries.timetable(queries.all_rooms(), [local_day(now)], None)
    return render(request, "portal/rooms/wall.html", {"rows": board(plan, now), "now": now})


def _turns(name: str, shown: date, step: timedelta, *args: int) -> dict[str, object]:
    """The same page earlier and later, and the other pages of rooms on the same day."""
    today, address = local_day(local_now()), reverse(f"portal:{name}", args=args)
    pages = {"rooms_day": _("All rooms by day"), "rooms_week": _("All rooms by week")}
    return {
        "today": today,
        "address": address,
        "previous": _at(address, shown - step, today),
        "next": _at(address, shown + step, today),
        "is_week": step == WEEK,
        "now": local_now(),
        "programmes": programmes().values(),
        "tabs": [
            {
                "label": label,
                "url": _at(reverse(f"portal:{page}"), shown, today),
                "current": page == name,
            }
            for page, label in pages.items()
        ],
    }


def _at(address: str, day: date, today: date) -> str:
    """Empty where the pages end."""
    return f"{address}?day={day}" if is_within_reach(day, today) else ""


def _day(request: HttpRequest) -> date:
    """The day that `?day=` names, else today. Raises `Http404` for no day of ours."""
    today = local_day(local_now())
    day = sent_day(request.GET.get("day") or f"{today}")
    if day is None or not is_within_reach(day, today):
        raise Http404
    return day
