"""Growth: everything for those who plan, rounded months for everybody."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.common.days import WEEKDAYS, local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.people.rules.ages import AgeBand
from happy_square.actions.growth import set_start
from happy_square.forms.growth import SpanForm, StartForm
from happy_square.models import GroupKind
from happy_square.queries import growth as queries
from happy_square.queries import public_growth as for_all
from happy_square.views.doors import guides

Rows = list[tuple[str, Any]]
YEAR = timedelta(days=365)
WEEKDAY_WORDS = dict(enumerate(WEEKDAYS, start=1))


@guides
@require_safe
def growth(request: SignedInRequest) -> HttpResponse:
    """A year unless other days are asked for."""
    today = local_day(local_now())
    form = SpanForm(request.GET or None)
    usual = ((today - YEAR).replace(day=1), today)
    first, last = form.span(usual)
    found = queries.Growth(first, last)
    context = {
        "growth": found,
        "form": form if form.is_bound else SpanForm(initial={"first": first, "last": last}),
        "start": queries.start_of_growth(),
        **_charts(found),
    }
    return render(request, "happy_square/growth.html", context)


def _charts(found: queries.Growth) -> dict[str, Any]:
    """Six charts, and below them people, visits and guests of every month, kind, age, weekday."""
    months = [(_month(month), row) for month, row in found.by_month.items()]
    kinds = _in_words(found.by_kind, _kinds())
    kinds.sort(key=lambda line: -line[1].visits)
    ages, days = _in_words(found.by_age, _ages()), _in_words(found.by_weekday, WEEKDAY_WORDS)
    return {
        "new_by_month": [(_month(each), found.new_faces.get(each, 0)) for each in found.by_month],
        "people_by_month": [(label, row.people) for label, row in months],
        "visits_by_month": [(label, row.visits) for label, row in months],
        "visits_by_weekday": [(label, row.visits) for label, row in days],
        "people_by_age": [(label, row.people) for label, row in ages],
        "visits_by_kind": [(label, row.visits) for label, row in kinds],
        "tables": [
            (_("By month"), months),
            (_("By kind of group"), kinds),
            (_("By age"), ages),
            (_("By weekday"), days),
        ],
    }


def _in_words(numbers: dict[Any, Any], labels: dict[Any, Any]) -> Rows:
    """In the order of the labels; what nobody came to and what is not shown is left out."""
    return [(str(label), numbers[key]) for key, label in labels.items() if numbers.get(key)]


def _ages() -> dict[str, str]:
    return {band.value: str(band.label) for band in AgeBand} | {"": _("age not known")}


def _kinds() -> dict[int | None, str]:
    kinds: dict[int | None, str] = {kind.pk: kind.title for kind in GroupKind.objects.all()}
    return kinds | {None: _("festivals and others")}


def _month(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


@guides
@in_one_transaction
def start(request: SignedInRequest) -> HttpResponse:
    form = StartForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        set_start(day=form.cleaned_data["day"], by=request.user, now=local_now())
        messages.success(request, _("Saved: growth counts from this day on."))
        return redirect("happy_square:growth")
    return render(request, "happy_square/growth_start.html", {"form": form})


@public
@require_safe
def public_growth(request: HttpRequest, year: int = 0, month: int = 0) -> HttpResponse:
    """The last settled month, or another one of the twelve before."""
    months = for_all.months_to_show(local_day(local_now()))
    asked = [each for each in months if (each.year, each.month) == (year, month)]
    if year and not asked:
        raise Http404
    shown = asked[0] if asked else months[-1] if months else None
    context = {"months": for_all.lines(months), "shown": shown}
    if shown:
        context |= _public_charts(for_all.PublicMonth(shown))
    return render(request, "happy_square/public_growth.html", context)


def _public_charts(found: for_all.PublicMonth) -> dict[str, Any]:
    return {
        "found": found,
        "by_age": _in_words(found.by_age, _ages()),
        "by_kind": sorted(_in_words(found.by_kind, _kinds()), key=lambda row: -row[1]),
        "by_weekday": _in_words(found.by_weekday, WEEKDAY_WORDS),
    }
