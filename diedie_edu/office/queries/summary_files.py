"""A summary as a Word file and as slides; whose picture may no longer be shown is not in them."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diedie_edu.common.days import local_day
from diedie_edu.figures.queries.figures import Reading, written
from diedie_edu.files.actions.store import content_of
from diedie_edu.office.models import Paragraph
from diedie_edu.office.papers.tree import (
    Block,
    Chart,
    Deck,
    Heading,
    Number,
    Numbers,
    Paper,
    Picture,
    Points,
    Slide,
    Table,
    Text,
)
from diedie_edu.office.queries.summaries import ByMonth, ShownPicture, Summary, number_before

ON_A_SLIDE = 6  # numbers


def paper_of(summary: Summary, now: datetime) -> Paper:
    unit, dated = _signed(summary, now)
    return Paper(summary.title, unit, dated, tuple(_blocks(summary)))


def _signed(summary: Summary, now: datetime) -> tuple[str, str]:
    version = summary.version
    day = version.signed_on or local_day(version.approved_at or now)
    return version.document.programme_title, date_format(day, "DATE_FORMAT")


def _blocks(summary: Summary) -> Iterator[Block]:
    yield from _texts(summary.introduction)
    if summary.figures:
        yield Heading(_("Figures and targets"))
        yield _table(summary.figures)
    yield from map(_chart, summary.charts)
    yield from _texts(summary.rest)
    if summary.pictures:
        yield Heading(_("Pictures"))
        yield from map(_picture, summary.pictures)


def _texts(paragraphs: list[Paragraph]) -> Iterator[Block]:
    for row in paragraphs:
        if row.title:
            yield Heading(row.title)
        yield Text(row.text)


def _table(figures: list[Reading]) -> Table:
    titles = (_("Figure"), _("Definition"), _("Number"), _("A year before"), _("Target"))
    rows = tuple(
        (
            str(row.indicator.title),
            str(row.indicator.definition),
            with_unit(row),
            number_before(row),
            "–" if row.target is None else written(row.target),
        )
        for row in figures
    )
    return Table(titles, rows, frozenset({2, 3, 4}))


def with_unit(row: Reading) -> str:
    return f"{row.number} {row.indicator.unit}".rstrip()


def _chart(chart: ByMonth) -> Chart:
    labels, numbers = zip(*chart.rows, strict=True)
    series = ((str(chart.reading.indicator.title), numbers),)
    return Chart(chart.title, labels, series, chart.description)


def _picture(shown: ShownPicture) -> Picture:
    return Picture(content_of(shown.picture.file), shown.picture.alt, shown.caption)


def deck_of(summary: Summary, now: datetime) -> Deck:
    unit, dated = _signed(summary, now)
    return Deck(summary.title, unit, dated, tuple(_slides(summary)))


def _slides(summary: Summary) -> Iterator[Slide]:
    yield from map(_points, summary.introduction)
    if told := [row for row in summary.figures if row.value][:ON_A_SLIDE]:
        numbers = tuple(Number(row.number, _label(row), row.change) for row in told)
        yield Slide(_("In figures"), Numbers(numbers))
    if summary.figures:
        yield Slide(_("Against the year before and the targets"), _short(summary.figures))
    yield from (Slide(chart.title, _chart(chart)) for chart in summary.charts)
    yield from map(_points, summary.rest)
    yield from (Slide(shown.caption, _picture(shown)) for shown in summary.pictures)


def _label(row: Reading) -> str:
    unit = f" ({row.indicator.unit})" if row.indicator.unit else ""
    return f"{row.indicator.title}{unit}"


def _short(figures: list[Reading]) -> Table:
    """Without the definitions, which nobody reads from the last row."""
    table = _table(figures)
    titles, *rows = ((texts[0], *texts[2:]) for texts in (table.titles, *table.rows))
    return Table(titles, tuple(rows), frozenset({1, 2, 3}))


def _points(row: Paragraph) -> Slide:
    return Slide(row.title, Points(tuple(filter(None, map(str.strip, row.text.splitlines())))))
