"""The timeline of a plan, worked out for a drawing: lengths in percent, heights in em, so that the
text is never scaled down on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from diedie_edu.common.days import local_day
from diedie_edu.office.models import Document
from diedie_edu.office.queries.milestones import Standing

ROW, TOP = 3.2, 1.8  # em: of one milestone; above the first, for the months


@dataclass(frozen=True)
class Month:
    """Where a month begins, and its number."""

    x: str
    label: str


@dataclass(frozen=True)
class Bar:
    standing: Standing
    x: str
    width: str
    text_y: str
    bar_y: str


@dataclass(frozen=True)
class Drawing:
    """`today` is empty where it lies outside the period."""

    months: list[Month]
    bars: list[Bar]
    height: str
    today: str


def drawn(document: Document, rows: Sequence[Standing], now: datetime) -> Drawing:
    today = local_day(now)
    first = min([document.first_day, *(row.milestone.first_day for row in rows)])
    last = max([document.last_day, *(row.milestone.last_day for row in rows)])
    days = (last - first).days + 1
    is_within = first <= today <= last

    return Drawing(
        [Month(_share((day - first).days, days), str(day.month)) for day in _months(first, last)],
        [_bar(place, row, first, days) for place, row in enumerate(rows)],
        f"{TOP + ROW * len(rows):.1f}em",
        _share((today - first).days, days) if is_within else "",
    )


def _bar(place: int, row: Standing, first: date, days: int) -> Bar:
    one, top = row.milestone, TOP + ROW * place
    length = (one.last_day - one.first_day).days + 1
    return Bar(
        row,
        x=_share((one.first_day - first).days, days),
        width=_share(max(length, days // 100), days),
        text_y=f"{top + 1.1:.1f}em",
        bar_y=f"{top + 1.6:.1f}em",
    )


def _share(number: int, days: int) -> str:
    return f"{100 * number / days:.2f}%"


def _months(first: date, last: date) -> list[date]:
    """The first day of each month that begins within."""
    found, day = [], first.replace(day=1)
    while day <= last:
        found += [day] if day >= first else []
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return found
