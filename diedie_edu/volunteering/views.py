"""Volunteers' hours of every programme on one page: what waits to be confirmed, and what is; and
putting somebody on duty at an event."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, requires, scopes, signed_in
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common import refusals
from diedie_edu.common.days import duration_text, local_day, local_now, moment
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import sent_day
from diedie_edu.volunteering.actions import leaving
from diedie_edu.volunteering.actions.duties import release_duty
from diedie_edu.volunteering.actions.helpers import put_on_duty
from diedie_edu.volunteering.actions.hours import confirm_hours
from diedie_edu.volunteering.forms import CannotComeForm, HelperForm, HoursForm
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.hours import duties_done, duties_to_confirm, hours_by_kind
from diedie_edu.volunteering.rosters import has_roster

PER_PAGE = 30
YEAR = timedelta(days=365)
CONFIRMED = "confirmed"  # ?when=confirmed lists what can be corrected

plans = requires(Permission.PLAN_ACTIVITIES)


@dataclass(frozen=True)
class Row:
    """One duty; without a form it is the reader's own."""

    duty: Duty
    form: HoursForm | None

    @property
    def is_ready(self) -> bool:
        """Signed in and out, so that the minutes are known."""
        return self.form is not None and self.duty.served_minutes is not None


@dataclass(frozen=True)
class Day:
    day: date
    rows: list[Row]

    @property
    def ready(self) -> int:
        return sum(row.is_ready for row in self.rows)


@plans
@require_safe
def hours(request: SignedInRequest) -> HttpResponse:
    return _page(request)


@plans
@require_POST
@in_one_transaction
def hours_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """One duty; on the list of confirmed ones, a correction."""
    duty = get_object_or_404(duties_done(scopes(request), local_now()), pk=pk)
    form = HoursForm(request.POST, duties=[duty], by=request.user)
    if form.is_valid():
        with refusals.in_form(form, otherwise=next(iter(form.duties))):
            _confirm(request, duty, form.served())
            return _back(request)
    if form.differences:
        return _changed(request, duty, form)
    return _page(request, form)


def _changed(request: SignedInRequest, duty: Duty, form: HoursForm) -> HttpResponse:
    """Whoever sees what a colleague has confirmed meanwhile may correct it."""
    here = reverse("volunteering:hours_confirm", args=[duty.pk])
    context = {
        "form": form,
        "title": duty.occasion.activity.title,
        "action": f"{here}?when={CONFIRMED}",
        "back": reverse("volunteering:hours"),
    }
    return render(request, "changed.html", context)


def _confirm(request: SignedInRequest, duty: Duty, served: dict[int, int]) -> None:
    corrects = _is_of_confirmed(request)
    if confirm_hours(served=served, by=request.user, now=local_now(), corrects=corrects):
        words = {"person": duty.volunteer, "duration": duration_text(served[duty.pk])}
        messages.success(request, _("Confirmed: %(person)s, %(duration)s.") % words)
    else:
        messages.info(request, _("These hours have been confirmed already; they stay as they are."))


@plans
@require_POST
def hours_confirm_day(request: SignedInRequest, day: str) -> HttpResponse:
    """Everybody of a day who signed in and out, with the minutes that come of it."""
    start = moment(_day(day))
    waiting = duties_to_confirm(scopes(request), local_now()).filter(
        starts_at__gte=start, starts_at__lt=start + timedelta(days=1), served_minutes__isnull=False
    )
    served = {row.pk: row.served_minutes for row in waiting if not _is_own(row, request.user)}
    number = confirm_hours(served=served, by=request.user, now=local_now(), corrects=False)  # type: ignore[arg-type]
    text = ngettext(
        "Hours of %(number)d duty confirmed.", "Hours of %(number)d duties confirmed.", number
    )
    messages.success(request, text % {"number": number})
    return _back(request)


@plans
def hours_absent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks first; then the duty goes, and nothing is counted."""
    waiting = duties_to_confirm(scopes(request), local_now())
    duty = get_object_or_404(waiting, pk=pk, signed_in_at=None, served_minutes=None)
    if request.method == "POST":
        with refusals.as_message(request):
            release_duty(duty=duty, by=request.user, now=local_now())
            messages.success(request, _("Noted: %s did not come.") % duty.volunteer)
        return _back(request)
    return render(request, "activities/hours_absent.html", {"duty": duty})


# --- The page --------------------------------------------------------------------------


def _page(request: SignedInRequest, sent: HoursForm | None = None) -> HttpResponse:
    """`sent` is a form that could not be taken: it stands in the place of its row's."""
    now, own = local_now(), scopes(request)
    is_of_confirmed = _is_of_confirmed(request)
    page = Paginator(_duties(own, now, is_of_confirmed), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "days": _days(page.object_list, request.user, sent),  # type: ignore[arg-type]
        "is_of_confirmed": is_of_confirmed,
        "tabs": _tabs(is_of_confirmed),
        "kinds": hours_by_kind(own, now - YEAR, now),
    }
    return render(request, "activities/hours.html", context)


def _is_of_confirmed(request: HttpRequest) -> bool:
    return request.GET.get("when") == CONFIRMED


def _duties(own: Collection[str], now: datetime, is_of_confirmed: bool) -> QuerySet[Duty]:
    if not is_of_confirmed:
        return duties_to_confirm(own, now)
    done = duties_done(own, now).filter(ends_at__gte=now - YEAR)
    return done.filter(confirmed_at__isnull=False).order_by("-starts_at", "-pk")


def _days(duties: Sequence[Duty], reader: User, sent: HoursForm | None) -> list[Day]:
    rows = [
        Row(duty, None if _is_own(duty, reader) else _form(duty, reader, sent)) for duty in duties
    ]
    by_day = groupby(rows, lambda row: local_day(row.duty.starts_at))
    return [Day(day, list(of_day)) for day, of_day in by_day]


def _form(duty: Duty, reader: User, sent: HoursForm | None) -> HoursForm:
    if sent is not None and duty in sent.duties.values():
        return sent
    return HoursForm(duties=[duty], by=reader)


def _is_own(duty: Duty, reader: User) -> bool:
    return duty.volunteer is not None and duty.volunteer.resident.account_id == reader.pk


def _tabs(is_of_confirmed: bool) -> list[dict[str, object]]:
    here = reverse("volunteering:hours")
    return [
        {"label": _("To confirm"), "url": here, "current": not is_of_confirmed},
        {"label": _("Confirmed"), "url": f"{here}?when={CONFIRMED}", "current": is_of_confirmed},
    ]


def _back(request: HttpRequest) -> HttpResponse:
    """To the page of the list that was shown."""
    shown = request.GET.urlencode()
    return redirect(reverse("volunteering:hours") + (f"?{shown}" if shown else ""))


def _day(text: str) -> date:
    """Raises `Http404` where no day is named."""
    day = sent_day(text)
    if day is None:
        raise Http404
    return day


def add_helper(
    request: SignedInRequest, activity: Activity, occasion: Occasion, page: str
) -> HttpResponse:
    """Put a volunteer on duty at an event, in every programme; then on to its page (the name of
    its address), which takes the activity's id."""
    form = HelperForm(request.POST or None, occasion=occasion)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            volunteer = form.cleaned_data["volunteer"]
            put_on_duty(occasion=occasion, volunteer=volunteer, by=request.user, now=local_now())
            messages.success(request, _("Put on duty; the volunteer gets a message."))
            return redirect(page, activity.pk)
    context = {"activity": activity, "form": form, "page": page}
    return render(request, "activities/helper_add.html", context)


# --- One's own duty --------------------------------------------------------------------


@signed_in
def cannot_come(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody who is down for a duty says so; duties of a roster have a page of their own."""
    rows = Duty.objects.select_related("occasion__activity__programme", "occasion__venue")
    duty = get_object_or_404(rows, pk=pk, volunteer__resident__account=request.user)
    if has_roster(duty.occasion):
        raise Http404
    form = CannotComeForm(request.POST or None)
    if form.is_valid():
        with refusals.in_form(form):
            word = form.cleaned_data["word"].strip()
            leaving.cannot_come(duty=duty, word=word, by=request.user, now=local_now())
            messages.success(request, _("Thank you for telling us. We look for somebody else."))
            return redirect("portal:my_page")
    return render(request, "activities/cannot_come.html", {"duty": duty, "form": form})
