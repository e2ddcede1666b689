"""公示 for everybody, and the pages on which staff put it up and enter what came of it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.common import refusals
from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.sent import sent_numbers
from diedie_edu.community.known import community
from edu_base.actions import announcing
from edu_base.forms.places import AnnounceForm, ResolveForm
from edu_base.models import Announcement, State
from edu_base.queries import announcing as queries
from edu_base.queries import standing
from edu_base.queries.places import standing_at
from edu_base.rules.announcing import last_day
from edu_base.views.doors import keeps
from edu_base.views.places import HOME, class_or_404


@public
@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    """Those in public today."""
    found = queries.in_public(local_day(local_now()))
    return render(request, "edu_base/announcements.html", {"announcements": found})


@public
@require_safe
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """Names half covered and nothing else, on its days; before and after them, no names."""
    rows = Announcement.objects.select_related("intake__scheme_year")
    row = get_object_or_404(rows, pk=pk)
    today = local_day(local_now())
    is_in_public = row.first_on <= today <= row.last_on
    context = {
        "announcement": row,
        "names": queries.names_of(row) if is_in_public else [],
        "is_in_public": is_in_public,
        "is_over": today > row.last_on,
        "phone": community().phone,
    }
    return render(request, "edu_base/announcement.html", context)


@keeps
def announce(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list as everybody will see it, and its days; sent, it stands."""
    intake = class_or_404(request, pk)
    calendar = known_calendar()
    usual = {"first_on": calendar.working_day_after(local_day(local_now()), 1).isoformat()}
    form = AnnounceForm(request.POST or request.GET or usual)
    rows = standing_at(intake, State.PROPOSED).filter(stopped_at=None)
    first_on: date | None = form.cleaned_data["first_on"] if form.is_valid() else None
    if request.method == "POST" and first_on:
        with refusals.in_form(form):
            announcing.announce(
                intake=intake,
                numbers=_sent_numbers(request),
                first_on=first_on,
                by=request.user,
                now=local_now(),
            )
            messages.success(request, _("The list stands in public on its days."))
            return redirect(HOME, pk)
    context = {
        "intake": intake,
        "form": form,
        "names": rows,
        "first_on": first_on,
        "last_on": first_on and last_day(first_on, intake.announce_days, calendar),
    }
    return render(request, "edu_base/announce.html", context)


def _sent_numbers(request: SignedInRequest) -> list[int]:
    """Whom the preview showed."""
    return sent_numbers(request.POST.getlist("number"))


@keeps
def resolve(request: SignedInRequest, pk: int) -> HttpResponse:
    """The committee's resolution on those whose days in public are over."""
    intake = class_or_404(request, pk)
    today = local_day(local_now())
    form = ResolveForm(request.POST or None, rows=standing.to_resolve(intake, today))
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            facts: dict[str, Any] = {"by": request.user, "now": local_now()}
            announcing.resolve(intake=intake, resolved=form.resolved(), **facts)
            messages.success(request, _("Entered. Everybody concerned gets a message."))
            return redirect(HOME, pk)
    context = {"intake": intake, "form": form, "what": "resolve"}
    return render(request, "edu_base/answers.html", context)
