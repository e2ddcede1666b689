"""The ranking of a class."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, get_own_or_404
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from edu_base.actions import ranking as acts
from edu_base.models import Intake
from edu_base.queries import ranking as queries
from edu_base.rules.ranking import in_words
from edu_base.rules.review import reviewers_needed
from edu_base.views.doors import keeps, leads

PER_PAGE = 50


@keeps
@require_safe
def classes(request: SignedInRequest) -> HttpResponse:
    """All classes, the newest first."""
    rows = queries.with_counts(Intake.objects.all())
    return render(
        request, "edu_base/class_list.html", {"classes": rows, "may_lead": leads(request)}
    )


@keeps
@require_safe
def ranking(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ranks with what decided them, and whose marks are missing."""
    intake = get_own_or_404(request, Intake.objects.select_related("scheme_year"), pk=pk)
    page = Paginator(queries.ranking(intake), PER_PAGE).get_page(request.GET.get("page"))
    missing = Paginator(queries.missing_marks(intake), PER_PAGE)
    context = {
        "intake": intake,
        "page": page,
        "rows": [(row, in_words(row.rank_by)) for row in page],
        "missing": missing.get_page(request.GET.get("missing")),
        "counts": queries.counts(intake),
        "needed": reviewers_needed(intake),
        "criteria": intake.criteria.all(),
    }
    return render(request, "edu_base/ranking.html", context)


@keeps
@require_POST
def rank(request: SignedInRequest, pk: int) -> HttpResponse:
    intake = get_own_or_404(request, Intake.objects.all(), pk=pk)
    with refusals.as_message(request):
        number = acts.rank(intake=intake, by=request.user, now=local_now())
        text = ngettext(
            "%(number)d application is ranked.", "%(number)d applications are ranked.", number
        )
        messages.success(request, text % {"number": number})
    return redirect("edu_base:ranking", pk)
