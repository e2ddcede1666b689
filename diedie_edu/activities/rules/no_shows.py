"""Seats that stayed empty without a word, and what follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from diedie_edu.people.rules import residents


@dataclass(frozen=True)
class Missed:
    """A seat somebody held and did not use. It counts from `counts_at`: by then the paper sheet
    is typed in and mistakes are put right."""

    occasion_id: int
    programme: str  # its slug
    title: str
    starts_at: datetime
    counts_at: datetime


def is_spared(birth_date: date | None, day: date) -> bool:
    """House rule: whoever was NO_SHOW_AGE on that day, or may have been, is never put behind."""
    return birth_date is None or residents.years_old(birth_date, day) >= settings.NO_SHOW_AGE


def deferred_until(missed: Sequence[Missed]) -> datetime | None:
    """House rule: NO_SHOW_LIMIT empty seats within NO_SHOW_DAYS put somebody behind the others in
    full activities, for NO_SHOW_PENALTY_DAYS from when the last of them counts.

    `missed` in order of their dates; the latest such time, or None.
    """
    limit, span = settings.NO_SHOW_LIMIT, timedelta(days=settings.NO_SHOW_DAYS)
    for last in range(len(missed) - 1, limit - 2, -1):
        first = missed[last - limit + 1]
        if missed[last].starts_at - first.starts_at <= span:
            return missed[last].counts_at + timedelta(days=settings.NO_SHOW_PENALTY_DAYS)
    return None


def is_deferred(missed: Sequence[Missed], now: datetime) -> bool:
    """House rule: as `deferred_until`."""
    until = deferred_until(missed)
    return until is not None and now < until
