"""The figures of all programmes on one page, to read, print or project; and of each one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common.days import day_text, local_day, local_now
from diedie_edu.common.manifests import programmes
from diedie_edu.figures.kinds import ALL
from diedie_edu.figures.queries.figures import Figures, Reading
from diedie_edu.figures.queries.sessions import session_rows
from diedie_edu.figures.queries.topics import TOLD, topics_of
from diedie_edu.figures.spans import WEEK, Span, SpanKind, span_on
from diedie_edu.figures.views.doors import (
    own_programme_or_404,
    own_programmes,
    reads,
    sees_all,
    span_asked,
    topic_asked,
)

SWITCH = (SpanKind.YEAR, SpanKind.SCHOOL, SpanKind.TERM, SpanKind.MONTH, SpanKind.WEEK)
SESSIONS_SHOWN = 12
WALL = "wall"  # ?view=wall is for a projector
HOURS = ("hoursstudents", "hoursretired", "hoursothers")


@reads
@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Without the sums of all for a reader who does not see all."""
    now = local_now()
    found = Figures(span_asked(request, local_day(now)), now)
    parts = [_part(found, slug) for slug in own_programmes(request)]
    together = found.of(ALL) if sees_all(request) else []
    context = _span(found.span, local_day(now)) | {
        "parts": parts,
        "together": [row for row in together if row.indicator.is_main],
        "together_is_first": not any(row.is_compared for row in together),
        "targets": [row for part in parts for row in part["targets"]],
        "lines": _side_by_side(parts, together),
        "charts": _charts(parts, together),
        "is_first": all(part["is_first"] for part in parts),
    }
    is_wall = request.GET.get("view") == WALL
    template = "figures/wall.html" if is_wall else "figures/dashboard.html"
    return render(request, template, context)


@reads
@require_safe
def programme(request: SignedInRequest, slug: str) -> HttpResponse:
    """All its figures, or those of one topic; with the latest sessions as a chart."""
    now = local_now()
    own_programme_or_404(request, slug)
    topic = topic_asked(request, slug)
    only = TOLD if topic else None
    found = Figures(span_asked(request, local_day(now)), now, only, topic)
    part = _part(found, slug)
    own_first = sorted(part["rows"], key=lambda row: not row.indicator.programme)
    context = _span(found.span, local_day(now)) | part
    context["linked"] = [(row, row.list_url(request.user)) for row in own_first]
    context |= {"topics": topics_of(slug), "topic": topic.number if topic else None}
    context["keep"] = f"&topic={topic.number}" if topic else ""
    context["of_topic"] = f"?topic={topic.number}" if topic else ""
    context["sessions"] = _came_to(found, slug)
    context["lacks_data"] = not all(row.value or row.target is not None for row in own_first)
    return render(request, "figures/programme.html", context)


def _came_to(found: Figures, slug: str) -> list[tuple[str, int]]:
    """How many came to each of the latest sessions, in the order of the days."""
    rows = list(session_rows(found.sheet, [slug])[:SESSIONS_SHOWN])
    return [(_session_words(row), row.came) for row in rows[::-1]]


def _session_words(row: Any) -> str:
    return f"{day_text(local_day(row.starts_at), year=False)} {row.activity.title}"


def _part(found: Figures, slug: str) -> dict[str, Any]:
    """A programme and its figures."""
    rows = found.of(slug)
    return {
        "programme": programmes()[slug],
        "rows": rows,
        "main": [row for row in rows if row.indicator.is_main and row.target is None and row.value],
        "targets": [row for row in rows if row.target is not None],
        "own": [row for row in rows if row.indicator.programme and not row.target and row.value],
        "is_empty": not any(row.value for row in rows),
        "is_first": not any(row.is_compared for row in rows),
    }


def _span(span: Span, today: date) -> dict[str, Any]:
    """The span, its neighbours, and the other kinds of span that hold the same day."""
    day = today if span.first_day <= today <= span.last_day else span.first_day
    return {
        "span": span,
        "kinds": [(kind, span_on(kind, day)) for kind in SWITCH],
        "last_week": span_on(SpanKind.WEEK, today - WEEK),
        "goes_on": span.first_day <= today < span.last_day,
        "is_ahead": span.first_day > today,
        "today": today,
    }


def _side_by_side(
    parts: Sequence[dict[str, Any]], together: Sequence[Reading]
) -> list[tuple[Reading, list[Reading]]]:
    """What every programme counts: a line for each, a cell for each programme, and for all."""
    columns = [[row for row in part["rows"] if not row.indicator.programme] for part in parts]
    columns += [list(together)] if together else []
    return [(line[0], list(line)) for line in zip(*columns, strict=True)]


def _charts(parts: Sequence[dict[str, Any]], together: Sequence[Reading]) -> dict[str, Any]:
    """Visits by programme, and hours by kind of volunteer, where there are any."""
    visits = [
        (str(part["programme"].title), row.value.number or 0)
        for part in parts
        for row in part["rows"]
        if row.indicator.slug == "visits"
    ]
    hours = [
        (str(row.indicator.title), row.value.number or 0)
        for row in together
        if row.indicator.slug in HOURS
    ]
    charts = {"visits": visits, "hours": hours}
    return {key: rows for key, rows in charts.items() if any(number for _label, number in rows)}
