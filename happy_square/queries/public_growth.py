"""What everybody may know of growth: months that are over, rounded, and nothing under five.

Months do not overlap, and each is shown once nothing of it changes any more, so no two looks give
more away than one. Shares are worked out from what is shown, and tell nothing beyond it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Min

from diedie_edu.common.days import local_day
from diedie_edu.common.groups import public_parts, rounded
from diedie_edu.people.rules.ages import AgeBand
from happy_square.queries.growth import CAME, Growth, Row, percent
from happy_square.rules.growth import is_settled

DAY = timedelta(days=1)
MONTHS = 12
Parts = dict[Any, int | None]


@dataclass(frozen=True)
class Line:
    """A month of the row of months; None is not shown."""

    month: date
    new_faces: int | None
    people: int | None
    visits: int | None


def months_to_show(today: date) -> list[date]:
    """The last twelve months that are over and settled, oldest first; none before the first
    visit."""
    first = CAME.aggregate(first=Min("occasion__starts_at"))["first"]
    if first is None:
        return []
    month: date = today.replace(day=1)
    found: list[date] = []
    oldest = local_day(first).replace(day=1)
    while (month := (month - DAY).replace(day=1)) >= oldest and len(found) < MONTHS:
        if is_settled(last_day(month), today):
            found.append(month)
    return found[::-1]


def last_day(month: date) -> date:
    return (month.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def lines(months: list[date]) -> list[Line]:
    """Every month by itself: no sum of them is shown."""
    if not months:
        return []
    whole = Growth(months[0], last_day(months[-1]))
    rows, new = whole.by_month, whole.new_faces
    return [_line(month, rows.get(month, Row()), new.get(month, 0)) for month in months]


def _line(month: date, row: Row, new_faces: int) -> Line:
    return Line(month, rounded(new_faces), rounded(row.people), rounded(row.visits))


class PublicMonth:
    """One of those months, shared out: people by age, visits by kind, by weekday and by guests."""

    def __init__(self, month: date) -> None:
        self.month = month
        self._growth = Growth(month, last_day(month))

    @cached_property
    def by_age(self) -> Parts:
        return public_parts({key: row.people for key, row in self._growth.by_age.items()})

    @cached_property
    def by_kind(self) -> Parts:
        return _visits(self._growth.by_kind)

    @cached_property
    def by_weekday(self) -> Parts:
        return _visits(self._growth.by_weekday)

    @property
    def over_60(self) -> int | None:
        old = [self.by_age.get(band) for band in (AgeBand.FROM_60, AgeBand.FROM_70)]
        known = [number for band, number in self.by_age.items() if band]
        return _share(old, known)

    @property
    def guests_share(self) -> int | None:
        whole = self._growth.whole
        parts = public_parts({"named": whole.named, "guests": whole.guests})
        return _share([parts["guests"]], list(parts.values()))


def _visits(rows: Mapping[Any, Row]) -> Parts:
    return public_parts({key: row.visits for key, row in rows.items()})


def _share(part: list[int | None], whole: list[int | None]) -> int | None:
    """In percent, to the nearest five; None where one of the numbers is not shown."""
    if None in part or None in whole:
        return None
    share = percent(sum(filter(None, part)), sum(filter(None, whole)))
    return None if share is None else 5 * round(share / 5)
