"""For everybody: the two schemes, the classes of the year, and whether one of them fits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, local_now
from diedie_edu.community.known import community
from edu_base.forms.applying import SelfCheckForm
from edu_base.models import Intake, Scheme
from edu_base.queries import applications as queries
from edu_base.rules.applying import is_open
from edu_base.rules.conditions import LONG_AGO, Facts, rules_of, unmet


@public
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    today = local_day(local_now())
    year = queries.shown_year(today)
    classes = [_class(row, today) for row in queries.intakes_of(year)] if year else []
    classes.sort(key=lambda row: not row["is_open"])
    own = []
    if isinstance(request.user, User):
        own = list(queries.own_applications(request.user, today)[:3])
    context = {
        "year": year,
        "schemes": [
            {
                "slug": scheme.value,
                "title": scheme.label,
                "classes": [row for row in classes if row["intake"].scheme == scheme],
            }
            for scheme in Scheme
        ],
        "own": own,
        "is_open": any(row["is_open"] for row in classes),
        "phone": community().phone,
    }
    return render(request, "edu_base/landing.html", context)


def _class(intake: Intake, today: Any) -> dict[str, Any]:
    return {"intake": intake, "rules": rules_of(intake), "is_open": is_open(intake, today)}


@public
def self_check(request: HttpRequest) -> HttpResponse:
    """Three questions without signing in; sent by POST, so that no address holds a birth date."""
    form = SelfCheckForm(request.POST or None)
    today = local_day(local_now())
    context: dict[str, Any] = {"form": form, "phone": community().phone}
    year = queries.shown_year(today)
    if request.method == "POST" and form.is_valid() and year:
        facts = Facts(**form.cleaned_data, employed_since=LONG_AGO)
        found = [
            _class(row, today) | {"unmet": unmet(row, facts)} for row in queries.intakes_of(year)
        ]
        context |= {
            "year": year,
            "fitting": [row for row in found if not row["unmet"]],
            "others": [row for row in found if row["unmet"]],
            "is_open": any(row["is_open"] for row in found),
        }
    return render(request, "edu_base/self_check.html", context)
