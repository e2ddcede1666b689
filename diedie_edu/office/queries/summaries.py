"""Summaries as pages, files and slides show them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diedie_edu.common.days import local, local_day
from diedie_edu.figures.kinds import Indicator, Value
from diedie_edu.figures.queries.figures import Reading
from diedie_edu.figures.spans import Span, span_between
from diedie_edu.office.models import (
    Document,
    Paragraph,
    SummaryExport,
    SummaryFigure,
    SummaryPicture,
    Version,
)
from diedie_edu.office.queries.contents import rows_of
from diedie_edu.publicity.models import Picture
from diedie_edu.publicity.queries.pictures import shown_pictures, to_choose_from


@dataclass(frozen=True)
class ByMonth:
    """How a figure went through the months of the period."""

    reading: Reading
    rows: list[tuple[str, int]]

    @property
    def title(self) -> str:
        return _("%(figure)s by month") % {"figure": self.reading.indicator.title}

    @property
    def description(self) -> str:
        return _("; ").join(f"{month} {number}" for month, number in self.rows)


@dataclass(frozen=True)
class ShownPicture:
    """A picture that may be shown today."""

    picture: Picture
    caption: str


@dataclass(frozen=True)
class Summary:
    """A version of a summary: figures as they were read, pictures as they may be shown now."""

    version: Version
    paragraphs: list[Paragraph]
    figures: list[Reading]
    charts: list[ByMonth]
    pictures: list[ShownPicture]

    @property
    def title(self) -> str:
        document = self.version.document
        words = {"programme": document.programme_title, "period": span_of(document).title}
        return _("%(programme)s: summary of %(period)s") % words

    @property
    def compared(self) -> list[tuple[Reading, str]]:
        """Each figure with that of the year before, in words."""
        return [(row, number_before(row)) for row in self.figures]

    @property
    def introduction(self) -> list[Paragraph]:
        """What stands before the figures."""
        return self.paragraphs[:1]

    @property
    def rest(self) -> list[Paragraph]:
        return self.paragraphs[1:]


def summary_of(version: Version, now: datetime) -> Summary:
    """With as many queries for one as for many lines."""
    rows = rows_of([version.pk])[version.pk]
    figures: list[SummaryFigure] = rows.get("summaryfigure", [])  # type: ignore[assignment]
    pictures: list[SummaryPicture] = rows.get("summarypicture", [])  # type: ignore[assignment]
    span = span_of(version.document)
    readings = [reading_of(row, version.document.programme, span) for row in figures]
    labels = [date_format(month, "YEAR_MONTH_FORMAT") for month in months_of(version.document)]
    charts = [
        ByMonth(reading, list(zip(labels, row.by_month, strict=False)))
        for reading, row in zip(readings, figures, strict=True)
        if any(row.by_month)
    ]
    paragraphs: list[Paragraph] = rows.get("paragraph", [])  # type: ignore[assignment]
    return Summary(version, paragraphs, readings, charts, list(_shown(pictures, now)))


def reading_of(row: SummaryFigure, programme: str, span: Span) -> Reading:
    """The figure in the words of all figures."""
    indicator = Indicator(
        slug=row.slug,
        title=row.label,
        definition=row.definition,
        unit=row.unit,
        place=row.position,
        of=lambda _sheet: {},  # what was counted stands in the row
        is_share=row.is_share,
    )
    value = Value(_number(row.number), _number(row.whole))
    before = Value(_number(row.before), _number(row.whole_before))
    return Reading(indicator, programme, span, value, before, _number(row.target))


def _number(text: str) -> int | Decimal | None:
    if not text:
        return None
    return Decimal(text) if "." in text else int(text)


def number_before(reading: Reading) -> str:
    """The year before in the same words; a first year has none."""
    if not reading.before:
        return _("no comparison yet")
    return replace(reading, value=reading.before).number


def span_of(document: Document) -> Span:
    """Its period, as figures are read for it."""
    return span_between(document.first_day, document.last_day)


def months_of(document: Document) -> list[date]:
    """The first days of the months that the period touches."""
    first, found = document.first_day.replace(day=1), []
    while first <= document.last_day:
        found.append(first)
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return found


def _shown(rows: list[SummaryPicture], now: datetime) -> Iterator[ShownPicture]:
    shown = shown_pictures(local_day(now)).select_related("file")
    found = shown.in_bulk([row.picture for row in rows])
    for row in rows:
        if row.picture in found:
            yield ShownPicture(found[row.picture], row.caption)


def pictures_for(document: Document, now: datetime) -> QuerySet[Picture]:
    """Pictures of the programme, and of all together, that may be shown today; the newest first."""
    shown = shown_pictures(local_day(now)).values("pk")
    return to_choose_from({document.programme}).filter(pk__in=shown)


def exported(pictures: Collection[int]) -> dict[int, list[str]]:
    """In which files of summaries these pictures (numbers) had gone out."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in SummaryExport.objects.filter(pictures__overlap=list(pictures)):
        for number in row.pictures:
            found[number].append(f"{row} · {date_format(local(row.at))}")
    return found
