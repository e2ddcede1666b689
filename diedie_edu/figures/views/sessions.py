"""The sessions behind the figures: numbers of each, and their sums, which are the figures."""

from io import BytesIO

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import downloads, refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.manifests import programmes
from diedie_edu.figures.kinds import Sheet
from diedie_edu.figures.lists import SESSIONS, save
from diedie_edu.figures.queries.sessions import session_rows
from diedie_edu.figures.views.doors import (
    own_programme_or_404,
    own_programmes,
    reads,
    sees_all,
    span_or_404,
    topic_asked,
)
from diedie_edu.jobs.actions import asking
from diedie_edu.lists.actions.exports import AT_ONCE

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
@require_http_methods(["GET", "HEAD", "POST"])
def sessions_export(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """The sessions of one programme, or of one of its topics, as a spreadsheet; of a long list a
    page, from which it is asked for."""
    span, programme = span_or_404(key), own_programme_or_404(request, slug)
    sheet = Sheet(span, local_now(), topic_asked(request, slug))
    title = f"{programmes()[slug].title} {span.title}"
    if request.method == "POST":
        return _asked(request, sheet, programme, title)
    number = session_rows(sheet, [programme]).order_by().count()
    if number > AT_ONCE:
        return render(request, "people/export_long.html", {"kind": SESSIONS, "rows": number})
    file = BytesIO()
    save(file, sheet, programme)
    return downloads.workbook(file.getvalue(), title)


def _asked(request: SignedInRequest, sheet: Sheet, programme: str, title: str) -> HttpResponse:
    with refusals.as_message(request):
        number = sheet.topic.number if sheet.topic else None
        params = {"programme": programme, "span": sheet.span.key, "topic": number}
        language = get_language() or ""
        job = asking.ask(
            kind=SESSIONS, title=title, params=params, by=request.user, language=language
        )
        return redirect("jobs:job", job.pk)
    return redirect("figures:sessions", programme, sheet.span.key)


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
