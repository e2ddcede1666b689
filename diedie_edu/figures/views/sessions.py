"""The sessions behind the figures: numbers of each, and their sums, which are the figures."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common.days import local_now
from diedie_edu.common.manifests import programmes
from diedie_edu.figures.kinds import Sheet
from diedie_edu.figures.queries.sessions import session_rows
from diedie_edu.figures.views.doors import (
    own_programme_or_404,
    own_programmes,
    reads,
    sees_all,
    span_or_404,
)

PER_PAGE = 50


@reads
@require_GET
def sessions(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    return _page(request, [own_programme_or_404(request, slug)], key)


@reads
@require_GET
def all_sessions(request: SignedInRequest, key: str) -> HttpResponse:
    if not sees_all(request):
        raise Http404
    return _page(request, own_programmes(request), key)


def _page(request: SignedInRequest, slugs: list[str], key: str) -> HttpResponse:
    span = span_or_404(key)
    rows = session_rows(Sheet(span, local_now()), slugs)
    context = {
        "span": span,
        "programme": programmes()[slugs[0]] if len(slugs) == 1 else None,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "figures/sessions.html", context)
