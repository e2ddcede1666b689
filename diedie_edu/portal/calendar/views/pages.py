"""The programme by month, by week, and as a poster on the wall."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.common.days import local_day, local_now, week_of, weekend_of
from diedie_edu.common.paper import paper_of
from diedie_edu.common.parts import Entrance, in_place
from diedie_edu.portal.calendar import queries
from diedie_edu.portal.calendar.addresses import absolute, address_of
from diedie_edu.portal.calendar.grid import WEEK, grid, month_days
from diedie_edu.portal.calendar.rules import is_within_reach
from diedie_edu.programmes.models import Programme

DAY = timedelta(days=1)
MOST_ON_A_POSTER = 6
ROOM_FOR_SUMMARIES = 2


@public
@require_safe
def month(request: HttpRequest, year: int | None = None, month: int = 1) -> HttpResponse:
    first, last = month_days(_day(year, month, 1))
    heading = date_format(first, "YEAR_MONTH_FORMAT")
    return _calendar(request, "month", first, last, heading)


@public
@require_safe
def week(
    request: HttpRequest, year: int | None = None, month: int = 1, day: int = 1
) -> HttpResponse:
    first, *_days, last = week_of(_day(year, month, day))
    days = {"first": date_format(first, "DATE_FORMAT"), "last": _short(last)}
    return _calendar(request, "week", first, last, _("%(first)s – %(last)s") % days)


def _calendar(
    request: HttpRequest, kind: str, first: date, last: date, heading: str
) -> HttpResponse:
    today = local_day(local_now())
    occasions = list(queries.occasions_from_to(first, last))
    context = {
        "kind": kind,
        "first": first,
        "last": last,
        "heading": heading,
        "is_empty": not occasions,
        "weeks": grid(first, last, today, occasions, queries.notes_of_days()),
        "tabs": _tabs(kind, today if first <= today <= last else first),
        "previous": _step(kind, first - DAY, today),
        "next": _step(kind, last + DAY, today),
        "today": "" if first <= today <= last else reverse(f"portal:calendar_{kind}"),
        "programmes": Programme.objects.filter(activities__state="published").distinct(),
    }
    return render(request, "portal/calendar/calendar.html", context)


def _tabs(kind: str, day: date) -> list[dict[str, object]]:
    """The same time in the other view."""
    labels = {"month": _("By month"), "week": _("By week")}
    tabs = [
        {"label": label, "url": _address(other, day), "current": other == kind}
        for other, label in labels.items()
    ]
    return [*tabs, {"label": _("Rooms"), "url": f"{reverse('portal:rooms_day')}?day={day}"}]


def _step(kind: str, day: date, today: date) -> str:
    """The address of the month or week that holds `day`; empty where the pages end."""
    return _address(kind, day) if is_within_reach(day, today) else ""


def _address(kind: str, day: date) -> str:
    args = [day.year, day.month] if kind == "month" else [day.year, day.month, day.day]
    return reverse(f"portal:{kind}_of", args=args)


@public
@require_safe
def poster(
    request: HttpRequest, year: int | None = None, month: int = 1, day: int = 1
) -> HttpResponse:
    """The lectures of a weekend on one sheet, with a QR code each."""
    saturday, sunday = weekend_of(_day(year, month, day))
    today = local_day(local_now())
    found = list(queries.occasions_from_to(saturday, sunday).filter(is_called_off=False))
    shown = found if len(found) <= MOST_ON_A_POSTER else found[: MOST_ON_A_POSTER - 1]
    context = {
        **paper_of(request),
        "saturday": saturday,
        "sunday": sunday,
        "is_brief": len(shown) > ROOM_FOR_SUMMARIES,
        "entries": [(occasion, address_of(occasion.activity)) for occasion in shown],
        "left_out": len(found) - len(shown),
        "all_lectures": absolute(in_place(Entrance)[0].name),
        "previous": _poster_of(saturday - WEEK, today),
        "next": _poster_of(saturday + WEEK, today),
    }
    return render(request, "portal/calendar/poster.html", context)


def _poster_of(day: date, today: date) -> str:
    args = [day.year, day.month, day.day]
    return reverse("portal:poster_of", args=args) if is_within_reach(day, today) else ""


def _day(year: int | None, month: int, day: int) -> date:
    """The day an address names, today where it names none. Raises Http404 for no day of ours."""
    today = local_day(local_now())
    if year is None:
        return today
    try:
        named = date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if not is_within_reach(named, today):
        raise Http404
    return named


def _short(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
