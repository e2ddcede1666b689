"""Closing a day, in every programme."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions import days
from diedie_edu.activities.forms import ClosingForm, DayToCloseForm
from diedie_edu.activities.participants import people_at
from diedie_edu.activities.queries.occasions import occasions_standing
from diedie_edu.common import refusals
from diedie_edu.common.calendar import SpecialDayKind
from diedie_edu.common.days import local_day, local_now, moment
from diedie_edu.venues.models import SpecialDay

MIN_YEAR, MAX_YEAR = 2000, 2999


@requires(Permission.KEEP_CALENDAR)
@require_GET
def day_to_close(request: HttpRequest) -> HttpResponse:
    form = DayToCloseForm(
        request.GET if "day" in request.GET else None, today=local_day(local_now())
    )
    if form.is_valid():
        return redirect("activities:close_day", form.cleaned_data["day"].isoformat())
    return render(request, "activities/day_to_close.html", {"form": form})


@requires(Permission.KEEP_CALENDAR)
def day_closing(request: SignedInRequest, day: str) -> HttpResponse:
    """Shows what it comes to; one button closes the day and tells everybody."""
    closing = _day(day)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        with refusals.in_form(form):
            done = days.close_day(day=closing, reason=reason, by=request.user, now=local_now())
            messages.success(request, _closed_text(done))
            return redirect("portal:desk")
    return render(request, "activities/close_day.html", {"form": form} | _what_it_means(closing))


def _day(day: str) -> date:
    """Raises `Http404` where no day is named, or one at the end of the calendar."""
    try:
        found = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if not MIN_YEAR <= found.year <= MAX_YEAR:
        raise Http404
    return found


def _what_it_means(day: date) -> dict[str, object]:
    occasions = list(occasions_standing(day, local_now()))
    return {
        "day": moment(day),
        "occasions": occasions,
        "concerned": len(people_at([row.pk for row in occasions])),
        "is_closed": SpecialDay.objects.filter(day=day, kind=SpecialDayKind.CLOSED).exists(),
    }


def _closed_text(done: days.ClosedDay) -> str:
    return _(
        "The day is closed. Called off: %(called_off)s. A message or a call goes to: %(told)s."
    ) % {
        "called_off": done.called_off,
        "told": done.told,
    }
