"""Whom the figures are for, of which programmes, and of which span."""

from datetime import date

from django.http import Http404

from diedie_edu.accounts.access import SignedInRequest, requires, scopes
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import counts_at
from diedie_edu.common.manifests import programmes
from diedie_edu.figures.kinds import Topic
from diedie_edu.figures.queries.topics import topics_of
from diedie_edu.figures.spans import Span, SpanKind, span_of, span_on

reads = requires(Permission.READ_OFFICE)


def own_programmes(request: SignedInRequest) -> list[str]:
    """Those (slugs) whose figures the reader sees, in the plan's order."""
    own = scopes(request)
    return [slug for slug in programmes() if counts_at(slug, own)]


def sees_all(request: SignedInRequest) -> bool:
    """The sums of all programmes tell of each of them."""
    return len(own_programmes(request)) == len(programmes())


def own_programme_or_404(request: SignedInRequest, slug: str) -> str:
    if slug not in own_programmes(request):
        raise Http404
    return slug


def span_or_404(key: str) -> Span:
    try:
        return span_of(key)
    except ValueError as error:
        raise Http404 from error


def span_asked(request: SignedInRequest, today: date) -> Span:
    """The year of today unless another span is asked for."""
    key = request.GET.get("span", "")
    return span_or_404(key) if key else span_on(SpanKind.YEAR, today)


def topic_asked(request: SignedInRequest, programme: str) -> Topic | None:
    """One of the programme's topics, None where none is asked for. Raises `Http404`."""
    number = request.GET.get("topic", "")
    if not number:
        return None
    if number not in {str(choice.number) for choice in topics_of(programme)}:
        raise Http404
    return Topic(programme, int(number))
