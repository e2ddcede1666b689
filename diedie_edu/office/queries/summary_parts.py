"""What a new summary says by itself: read from what took place, was spent and is open."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diedie_edu.common import money
from diedie_edu.common.days import local, local_day
from diedie_edu.door.models import Feedback
from diedie_edu.door.rules.feedback import is_enough
from diedie_edu.figures.kinds import Sheet
from diedie_edu.figures.queries.figures import Reading, figures_of
from diedie_edu.figures.queries.sessions import session_rows, within_span
from diedie_edu.office.models import (
    Content,
    Document,
    FollowUp,
    Paragraph,
    State,
    SummaryFigure,
    SummaryPicture,
    Work,
)
from diedie_edu.office.queries.balances import budgets
from diedie_edu.office.queries.contacts import follow_ups
from diedie_edu.office.queries.summaries import months_of, pictures_for, span_of

MOST = 3  # of each kind of highlights
PICTURES = 6
MONEY = ("approved", "spent", "promised")


def figures(document: Document, now: datetime) -> list[SummaryFigure]:
    """All that there is to count, or that has a target."""
    months = _by_month(document, now)
    found = figures_of(document.programme, span_of(document), now)
    kept = [row for row in found if row.value or row.target is not None]
    return [
        _figure(place, row, months.get(row.indicator.slug, [])) for place, row in enumerate(kept, 1)
    ]


def _figure(position: int, row: Reading, by_month: list[int]) -> SummaryFigure:
    return SummaryFigure(
        position=position,
        slug=row.indicator.slug,
        label=str(row.indicator.title),
        definition=str(row.indicator.definition),
        unit=str(row.indicator.unit),
        is_share=row.indicator.is_share,
        number=_text(row.value.number),
        whole=_text(row.value.whole),
        before=_text(row.before.number),
        whole_before=_text(row.before.whole),
        target=_text(row.target),
        by_month=by_month,
    )


def _text(number: int | Decimal | None) -> str:
    return "" if number is None else str(number)


def _by_month(document: Document, now: datetime) -> dict[str, list[int]]:
    """Sessions and visits month by month; their sums are the figures of those names."""
    held: Counter[tuple[int, int]] = Counter()
    came: Counter[tuple[int, int]] = Counter()
    for row in session_rows(Sheet(span_of(document), now), [document.programme]):
        day = local(row.starts_at)
        held[day.year, day.month] += not row.is_called_off
        came[day.year, day.month] += row.came
    months = [(month.year, month.month) for month in months_of(document)]
    return {
        slug: [counted[month] for month in months]
        for slug, counted in (("sessions", held), ("visits", came))
    }


def overview(document: Document, now: datetime) -> Iterator[Content]:
    """The main figures in a sentence; the rest of it somebody writes."""
    found = figures_of(document.programme, span_of(document), now)
    told = [
        f"{row.indicator.title} {row.number} {row.indicator.unit}".rstrip()
        for row in found
        if row.indicator.is_main and row.value
    ]
    words = {
        "first": date_format(document.first_day),
        "last": date_format(min(document.last_day, local_day(now))),
        "figures": _(", ").join(told) or _("no data yet"),
    }
    text = _("From %(first)s to %(last)s: %(figures)s.") % words
    yield _paragraph(1, _("In brief"), [text])


def highlights(document: Document, now: datetime) -> Iterator[Content]:
    """Most visited and best liked."""
    lines = [*_most_visited(document, now), *_best_liked(document)]
    yield from _paragraphs(2, _("Highlights"), lines)


def _most_visited(document: Document, now: datetime) -> Iterator[str]:
    rows = session_rows(Sheet(span_of(document), now), [document.programme])
    for row in rows.filter(came__gt=0).order_by("-came", "pk")[:MOST]:
        words = {"title": row.activity.title, "day": _day(row.starts_at), "number": row.came}
        yield _("Most visited: “%(title)s” on %(day)s; %(number)s came.") % words


def _best_liked(document: Document) -> Iterator[str]:
    path = "attendance__occasion"
    said = Feedback.objects.filter(
        within_span(span_of(document), f"{path}__"),
        **{f"{path}__activity__programme__slug": document.programme},
    ).exclude(again="")
    rows = said.order_by().values_list(f"{path}__activity__title", f"{path}__starts_at")
    counted = rows.annotate(yes=Count("pk", filter=Q(again=Feedback.Again.YES)), all=Count("pk"))
    liked = [row for row in counted if is_enough(row[3]) and row[2]]
    for title, starts_at, yes, number in sorted(liked, key=_by_share)[:MOST]:
        words = {"title": title, "day": _day(starts_at), "yes": yes, "number": number}
        yield _("Best liked: “%(title)s” on %(day)s; %(yes)s of %(number)s would come again.") % (
            words
        )


def _by_share(row: tuple[str, datetime, int, int]) -> Any:
    return -row[2] / row[3], -row[3], row[1]


def _day(moment: datetime) -> str:
    return date_format(local(moment), "MONTH_DAY_FORMAT")


def budget_use(document: Document, now: datetime) -> Iterator[Content]:
    """Of every budget of the period: the whole of it, then its categories."""
    rows = Document.objects.filter(
        programme=document.programme,
        work=Work.BUDGET,
        first_day__lte=document.last_day,
        last_day__gte=document.first_day,
    )
    lines = [
        _("%(what)s: %(approved)s approved, %(spent)s spent, %(promised)s promised.")
        % {"what": what, **{name: money.figures(getattr(sums, name)) for name in MONEY}}
        for budget in budgets(rows)
        if budget.lines
        for what, sums in [(str(budget.document), budget.money), *budget.categories]
    ]
    yield from _paragraphs(3, _("Use of the budget"), lines)


def open_points(document: Document, now: datetime) -> Iterator[Content]:
    """Documents that are late, and what still follows from contacts."""
    lines = [
        _("%(document)s was due on %(day)s.")
        % {"document": row, "day": date_format(row.due_on, "DATE_FORMAT")}
        for row in _late(document, now)
    ]
    lines += [
        _("%(what)s, by %(day)s (%(with_whom)s).")
        % {"what": row.what, "day": date_format(row.due_on), "with_whom": row.contact.with_whom}
        for row in _to_do(document, now)
    ]
    yield _paragraph(4, _("Open points"), lines or [_("Nothing is open.")])


def _late(document: Document, now: datetime) -> QuerySet[Document]:
    rows = Document.objects.filter(programme=document.programme, due_on__lt=local_day(now))
    return rows.exclude(versions__state=State.APPROVED).exclude(pk=document.pk)


def _to_do(document: Document, now: datetime) -> QuerySet[FollowUp]:
    rows = follow_ups(local_day(now)).filter(contact__programme__slug=document.programme)
    return rows.filter(done_at=None, contact__held_on__lte=document.last_day)


def pictures(document: Document, now: datetime) -> Iterator[Content]:
    """The newest ones of the period that may be shown."""
    first, last = span_of(document).starts_at, span_of(document).ends_at
    found = pictures_for(document, now).filter(
        programme=document.programme, file__kept_at__gte=first, file__kept_at__lt=last
    )
    for place, row in enumerate(found[:PICTURES], 1):
        yield SummaryPicture(position=place, picture=row.pk, caption=row.alt)


def _paragraphs(position: int, title: str, lines: list[str]) -> Iterator[Content]:
    if lines:
        yield _paragraph(position, title, lines)


def _paragraph(position: int, title: str, lines: Iterable[str]) -> Paragraph:
    return Paragraph(position=position, title=title, text="\n".join(lines))
