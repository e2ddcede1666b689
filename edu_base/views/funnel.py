"""How many people come how far, against target and places."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.people.models import Organisation, Resident
from diedie_edu.people.rules.ages import AgeBand
from edu_base.models import Scheme, SchemeYear
from edu_base.queries.funnel import Funnel
from edu_base.rules.funnel import TARGETS, FunnelStep, Row, definitions
from edu_base.views.doors import keeps

Rows = list[tuple[str, list[int | None]]]


@keeps
@require_safe
def funnel(request: SignedInRequest) -> HttpResponse:
    """The newest year of the households scheme, or what is asked for."""
    years = list(SchemeYear.objects.order_by("-year", "-scheme"))
    shown = _chosen(years, request.GET.get("of", ""))
    context: dict[str, Any] = {"years": years, "shown": shown}
    if shown:
        context |= _numbers(Funnel(shown))
    return render(request, "edu_base/funnel.html", context)


def _chosen(years: list[SchemeYear], asked: str) -> SchemeYear | None:
    return next((row for row in years if str(row.pk) == asked), years[0] if years else None)


def _numbers(found: Funnel) -> dict[str, Any]:
    scheme, year = Scheme(found.year.scheme), found.year
    labels = [step.label for step in FunnelStep]
    tables = [
        (_("By class"), _from_application_on(_in_words(found.by_class, _classes(year)))),
        (_("By sex"), _in_words(found.by_sex, _sexes())),
        (_("By age"), _in_words(found.by_age, _ages())),
    ]
    if found.is_dream:
        tables.insert(1, (_("By enterprise"), _in_words(found.by_enterprise, _enterprises(year))))
    return {
        "funnel": found,
        "steps": list(zip(labels, found.whole.numbers, strict=True)),
        "definitions": [(step.label, text) for step, text in definitions(scheme).items()],
        "target": TARGETS[scheme],
        "tables": [(title, _labelled(rows, labels)) for title, rows in tables],
    }


def _in_words(rows: dict[Any, Row], labels: dict[Any, Any]) -> Rows:
    """In the order of the labels, without those of whom there is nobody."""
    return [(str(label), [*rows[key].numbers]) for key, label in labels.items() if key in rows]


def _labelled(rows: Rows, labels: list[Any]) -> list[Any]:
    return [(name, list(zip(labels, numbers, strict=True))) for name, numbers in rows]


def _from_application_on(rows: Rows) -> Rows:
    """What comes before is of no class."""
    before: list[int | None] = [None] * list(FunnelStep).index(FunnelStep.APPLIED)
    return [(label, before + numbers[len(before) :]) for label, numbers in rows]


def _classes(year: SchemeYear) -> dict[int, str]:
    return {intake.pk: intake.title for intake in year.intakes.order_by("pk")}


def _enterprises(year: SchemeYear) -> dict[int | None, str]:
    rows = Organisation.objects.filter(enterprise__allotments__scheme_year=year)
    return dict(rows.values_list("pk", "title")) | {None: _("without an enterprise")}


def _sexes() -> dict[str, Any]:
    return dict(Resident.Gender.choices) | {"": _("sex not known")}


def _ages() -> dict[str, Any]:
    return dict(AgeBand.choices) | {"": _("age not known")}
