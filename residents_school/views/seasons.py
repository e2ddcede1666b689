"""Planning a series of lectures, looking at one, and changing several of its lectures."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from residents_school.actions.seasons import change_series, plan_series
from residents_school.forms.seasons import SeasonForm, SeriesChangeForm
from residents_school.models import Lecture, LectureSeries
from residents_school.queries.seasons import lectures_of, lectures_to_change, season_days
from residents_school.rules.seasons import DayState, PlannedDay
from residents_school.views.staff import plans

KEPT, SHOWN = "kept", "shown"


@dataclass(frozen=True)
class PreviewRow:
    """A day of the preview; `is_new` where it was shown otherwise before."""

    planned: PlannedDay
    is_kept: bool
    is_new: bool


@plans
def season_create(request: SignedInRequest) -> HttpResponse:
    """The form, then the preview, which carries the form along until it is saved."""
    form = SeasonForm(request.POST or None, now=local_now())
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        with refusals.in_form(form):
            return _save(request, form) if _saves(request) else _preview(request, form)
    return render(request, "residents_school/season_form.html", {"form": form})


def _saves(request: HttpRequest) -> bool:
    return "save" in request.POST or "announce" in request.POST


def _save(request: SignedInRequest, form: SeasonForm) -> HttpResponse:
    """What is refused for its days is shown on the days. Raises `Refused` for the rest."""
    try:
        series = plan_series(
            plan=form.series_plan(),
            kept=frozenset(request.POST.getlist(KEPT)),
            announce="announce" in request.POST,
            by=request.user,
            now=form.now,
        )
    except Refused as refusal:
        if refusal.field:
            raise
        return _preview(request, form, refusal)
    messages.success(request, _("Saved."))
    return redirect("residents_school:season", series.pk)


def _preview(
    request: HttpRequest, form: SeasonForm, refusal: Refused | None = None
) -> HttpResponse:
    """Raises `Refused` where there is nothing to preview."""
    days = season_days(form.series_plan().season, form.now)
    kept, shown = request.POST.getlist(KEPT), request.POST.getlist(SHOWN)
    states = [day.state for day in days]
    context = {
        "form": form,
        "rows": list(_rows(days, kept, shown)),
        "refusal": refusal,
        "held": len(days) - states.count(DayState.LEFT_OUT),
        "moved": states.count(DayState.MOVED) + states.count(DayState.OTHER_VENUE),
        "left_out": states.count(DayState.LEFT_OUT),
    }
    return render(request, "residents_school/season_preview.html", context)


def _rows(
    days: list[PlannedDay], kept: Collection[str], shown: Collection[str]
) -> Iterator[PreviewRow]:
    """All are ticked at first; later those that were."""
    for day in days:
        yield PreviewRow(
            planned=day,
            is_kept=day.key in kept if shown else True,
            is_new=bool(shown) and day.key not in shown,
        )


@plans
@require_GET
def season(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(LectureSeries, pk=pk)
    now = local_now()
    lectures = list(lectures_of(series))
    ahead = {row.pk for row in lectures if row.starts_at > now and not row.is_called_off}
    context = {"series": series, "lectures": lectures, "ahead": ahead}
    return render(request, "residents_school/season.html", context)


@plans
def season_change(request: SignedInRequest, pk: int, lecture: int | None = None) -> HttpResponse:
    """All of a series that lie ahead, or those from one lecture on."""
    series = get_object_or_404(LectureSeries, pk=pk)
    form_now = local_now()
    since = _begin_of(series, lecture) if lecture else form_now
    found = list(lectures_to_change(series, since, form_now))
    if not found:
        raise Http404
    form = SeriesChangeForm(request.POST or None, instance=found[0], now=form_now)
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
