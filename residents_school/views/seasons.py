"""Planning a series of lectures, looking at one, and changing several of its lectures."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import sent_number
from diedie_edu.venues.views.wizard import Wizard
from residents_school.actions.seasons import change_series, plan_series
from residents_school.forms import copies
from residents_school.forms.seasons import SeasonForm, SeriesChangeForm
from residents_school.models import Lecture, LectureSeries
from residents_school.queries.seasons import lectures_of, lectures_to_change, season_days
from residents_school.views.staff import plans


@plans
def season_create(request: SignedInRequest) -> HttpResponse:
    form = SeasonForm(request.POST or None, now=local_now(), initial=_copied(request))

    def save(kept: frozenset[str]) -> HttpResponse:
        series = plan_series(
            plan=form.series_plan(),
            kept=kept,
            announce="announce" in request.POST,
            by=request.user,
            now=form.now,
        )
        messages.success(request, _("Saved."))
        return redirect("residents_school:season", series.pk)

    return Wizard(
        form=form,
        form_template="residents_school/season_form.html",
        days_template="residents_school/season_preview.html",
        days=lambda: season_days(form.series_plan().season, form.now),
        save=save,
    ).answer(request)


def _copied(request: SignedInRequest) -> dict[str, Any]:
    """What a copy of the series named by `copy` begins with; empty where none is."""
    number = sent_number(request.GET.get("copy", ""))
    series = LectureSeries.objects.filter(pk=number).first()
    first = lectures_of(series).first() if series else None
    return copies.of_series(series, first) if series and first else {}


@plans
@require_safe
def season(request: SignedInRequest, pk: int) -> HttpResponse:
    series = get_own_or_404(request, LectureSeries.objects, pk=pk)
    now = local_now()
    lectures = list(lectures_of(series))
    ahead = {row.pk for row in lectures if row.starts_at > now and not row.is_called_off}
    context = {"series": series, "lectures": lectures, "ahead": ahead}
    return render(request, "residents_school/season.html", context)


@plans
@in_one_transaction
def season_change(request: SignedInRequest, pk: int, lecture: int | None = None) -> HttpResponse:
    """All of a series that lie ahead, or those from one lecture on."""
    series = get_own_or_404(request, LectureSeries.objects, pk=pk)
    form_now = local_now()
    since = _begin_of(series, lecture) if lecture else form_now
    found = list(lectures_to_change(series, since, form_now))
    if not found:
        raise Http404
    form = SeriesChangeForm(request.POST or None, instance=found[0], by=request.user, now=form_now)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            done = change_series(
                series=series, since=since, changes=form.changes(), by=request.user, now=form.now
            )
            messages.success(request, _changed_text(done))
            return redirect("residents_school:season", pk)
    context = {"form": form, "series": series, "lectures": found, "is_all": lecture is None}
    return render(request, "residents_school/season_change.html", context)


def _begin_of(series: LectureSeries, lecture: int) -> datetime:
    return get_object_or_404(Lecture, pk=lecture, series=series).occasion.starts_at


def _changed_text(number: int) -> str:
    return ngettext(
        "%(number)d lecture is changed.", "%(number)d lectures are changed.", number
    ) % {"number": number}
