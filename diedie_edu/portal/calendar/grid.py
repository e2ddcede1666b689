"""A month or a week as rows of seven days, each with its occasions and what is to know of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from diedie_edu.activities.models import Occasion
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import local_day, week_of
from diedie_edu.venues.models import SpecialDay

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Day:
    """One day of the calendar.

    `note` names a festival, a make-up workday or why all is closed. A list by day names a run
    of days with the same note once, on the first of them: `notes_until` is its last day.
    `is_past` holds within the month or week at hand alone: whoever turns back to an earlier
    one wants to see it.
    """

    date: date
    is_outside: bool = False
    is_today: bool = False
    is_past: bool = False
    occasions: Sequence[Occasion] = ()
    note: str = ""
    is_closed: bool = False
    notes_until: date | None = None  # type: ignore[valid-type]

    @property
    def is_listed(self) -> bool:
        """Whether a list by day shows it: what lies ahead, where anything is to be known."""
        return not self.is_past and bool(self.occasions or self.notes_until or self.is_today)


@dataclass(frozen=True)
class Notes:
    """What is to know of days: the public calendar with the community's own days over it."""

    special: dict[date, SpecialDay] = field(default_factory=dict)

    def of(self, day: date) -> str:
        if self.is_closed(day):
            return self._reason(day) or _("closed")
        if self._calendar.is_makeup_workday(day):
            return _("make-up working day")
        return self._calendar.festival(day) or ""

    def is_closed(self, day: date) -> bool:
        return self._calendar.is_closed(day)

    def until(self, day: date, first: date, last: date) -> date | None:
        """The end of the run that `day` begins within [first, last]; None inside a run."""
        note = self.of(day)
        if not note or (day > first and self.of(day - timedelta(days=1)) == note):
            return None
        while day < last and self.of(day + timedelta(days=1)) == note:
            day += timedelta(days=1)
        return day

    def _reason(self, day: date) -> str:
        reason = self.special[day].reason
        return _("closed: %(reason)s") % {"reason": reason} if reason else ""

    @property
    def _calendar(self) -> Calendar:
        return Calendar({day: row.kind for day, row in self.special.items()})


def month_days(day: date) -> tuple[date, date]:
    """The first and the last day of the month that holds `day`."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def weeks_between(first: date, last: date) -> list[list[date]]:
    """Whole weeks, Mondays first, from the one that holds `first` to the one that holds `last`."""
    weeks = [week_of(first)]
    while weeks[-1][-1] < last:
        weeks.append(week_of(weeks[-1][0] + WEEK))
    return weeks


def grid(
    first: date, last: date, today: date, occasions: Iterable[Occasion], notes: Notes
) -> list[list[Day]]:
    """The rows from `first` to `last`; the days that only fill their weeks are outside, empty."""
    by_day: dict[date, list[Occasion]] = defaultdict(list)
    for occasion in occasions:
        by_day[local_day(occasion.starts_at)].append(occasion)

    def day_of(day: date) -> Day:
        if not first <= day <= last:
            return Day(day, is_outside=True)
        return Day(
            day,
            is_today=day == today,
            is_past=first <= today <= last and day < today,
            occasions=by_day[day],
            note=notes.of(day),
            is_closed=notes.is_closed(day),
            notes_until=notes.until(day, first, last),
        )

    return [[day_of(day) for day in week] for week in weeks_between(first, last)]
