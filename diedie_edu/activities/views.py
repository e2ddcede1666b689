"""Taking a place and giving it back, and closing a day: doors for every programme."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from diedie_edu.accounts.access import requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.actions import ClosedDay, cancel_sign_up, close_day, sign_up
from diedie_edu.activities.forms import ClosingForm, DayToCloseForm
from diedie_edu.activities.models import Activity, SignUp, SpecialDay
from diedie_edu.activities.queries import occasions_standing, people_at
from diedie_edu.common.days import SpecialDayKind, local_day, local_now, moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.next_page import next_page
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import family_member

MIN_YEAR, MAX_YEAR = 2000, 2999


@requires(Permission.TAKE_SEATS)
def activity_sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A GET comes from signing in on the way: on to the page with the button."""
    if request.method != "POST":
        return redirect("portal:activity", pk)
    activity = get_object_or_404(Activity.objects.exclude(state=Activity.State.DRAFT), pk=pk)
    member = _family_member(request)
    try:
        entered = sign_up(activity=activity, resident=member, by=request.user, now=local_now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _signed_up_text(entered))
    return redirect(next_page(request, reverse("portal:activity", args=[pk])))


def _signed_up_text(entered: SignUp) -> str:
    if entered.is_seated:
        return _("The seat is yours. We remind you in time.")
    return _("All seats are taken. You are on the waiting list, and we tell you when one is yours.")


@requires(Permission.TAKE_SEATS)
def activity_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("portal:activity", pk)
    activity = get_object_or_404(Activity.objects.exclude(state=Activity.State.DRAFT), pk=pk)
    member = _family_member(request)
    try:
        cancel_sign_up(activity=activity, resident=member, by=request.user, now=local_now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you for telling us. The place goes to somebody else."))
    return redirect(next_page(request, reverse("portal:activity", args=[pk])))


def _family_member(request: HttpRequest) -> Resident:
    """The family member named in the form, oneself where none is; others answer 404."""
    member = family_member(request.user, request.POST.get("resident", ""))
    if member is None:
        raise Http404
    return member


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
def day_closing(request: HttpRequest, day: str) -> HttpResponse:
    """Shows what it comes to; one button closes the day and tells everybody."""
    closing = _day(day)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            done = close_day(day=closing, reason=reason, by=request.user, now=local_now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
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


def _closed_text(done: ClosedDay) -> str:
    return _("The day is closed. Called off: %(called_off)s. People told: %(told)s.") % {
        "called_off": done.called_off,
        "told": done.told,
    }
