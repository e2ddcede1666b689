"""The sessions behind the figures: numbers of each, and their sums, which are the figures."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import downloads
from diedie_edu.common.days import local_now
from diedie_edu.common.manifests import programmes
from diedie_edu.common.spreadsheets.columns import values_of
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.figures.kinds import Sheet
from diedie_edu.figures.lists import SESSION_COLUMNS
from diedie_edu.figures.queries.sessions import session_rows
from diedie_edu.figures.views.doors import (
    own_programme_or_404,
    own_programmes,
    reads,
    sees_all,
    span_or_404,
    topic_asked,
)

PER_PAGE = 50


@reads
@require_safe
def sessions(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    return _page(request, [own_programme_or_404(request, slug)], key)


@reads
@require_safe
def all_sessions(request: SignedInRequest, key: str) -> HttpResponse:
    if not sees_all(request):
        raise Http404
    return _page(request, own_programmes(request), key)


@reads
@require_safe
def sessions_export(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """The sessions of one programme, or of one of its topics, as a spreadsheet."""
    span, programme = span_or_404(key), own_programme_or_404(request, slug)
    sheet = Sheet(span, local_now(), topic_asked(request, slug))
    rows = values_of(SESSION_COLUMNS, session_rows(sheet, [programme]))
    title = f"{programmes()[slug].title} {span.title}"
    return downloads.workbook(write_xlsx(SESSION_COLUMNS, rows, sheet=span.key), title)


def _page(request: SignedInRequest, slugs: list[str], key: str) -> HttpResponse:
    span = span_or_404(key)
    topic = topic_asked(request, slugs[0]) if len(slugs) == 1 else None
    rows = session_rows(Sheet(span, local_now(), topic), slugs)
    context = {
        "keep": f"?topic={topic.number}" if topic else "",
        "span": span,
        "programme": programmes()[slugs[0]] if len(slugs) == 1 else None,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "figures/sessions.html", context)
