"""Which days are worked, which are festivals, on which days lectures can be held.

China moves working days about: a festival is made longer by working on a weekend before or
after it (调休). `holidays` knows those days up to the last published year; what staff enter
as special days lies over it. A date's presence in `holidays.China()` is not the test for a
day off: it misses the plain weekend days inside a festival (11 of 14 in 2026).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from diedie_edu.common.days import days_of_year, is_weekend
from diedie_edu.common.manifests import parts_of

_DAY = timedelta(days=1)


class SpecialDayKind(TextChoices):
    """What staff can say of a day, over what the package of public holidays says."""

    OFF = "off", gettext_lazy("holiday")
    WORKING = "working", gettext_lazy("make-up working day")
    CLOSED = "closed", gettext_lazy("closed")


@dataclass(frozen=True)
class Calendar:
    """The public calendar of China with the community's special days laid over it.

    OFF and WORKING correct the public calendar, as when the State Council publishes a year.
    CLOSED shuts the rooms on any day and says nothing about holidays. `complete` are the years of
    which staff said that all of theirs are entered.
    """

    special: Mapping[date, str] = field(default_factory=dict)
    complete: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether people go to work: not on days off, not while all is closed."""
        return not self._is_off(day) and not self.is_closed(day)

    def is_closed(self, day: date) -> bool:
        """Whether staff have shut the rooms for the day."""
        return self.special.get(day) == SpecialDayKind.CLOSED

    def is_makeup_workday(self, day: date) -> bool:
        """A Saturday or Sunday that is worked (调休)."""
        return is_weekend(day) and not self._is_off(day)

    def festival(self, day: date) -> str | None:
        """The festival that a day off belongs to, in the current language; None on others.

        A run of days off that holds a public holiday is that festival from end to end, with
        its weekend days. Between two festivals the nearer one names the day.
        """
        if not self._is_off(day):
            return None
        run = self._run_of_days_off(day)
        named = [other for other in run if _festival_name(other)]
        if named:
            nearest = min(named, key=lambda other: (abs(other - day), other))
            return _festival_name(nearest)
        return _("public holiday") if any(map(self._is_said_to_be_off, run)) else None

    def is_announced(self, year: int) -> bool:
        """Whether the year's days off and make-up workdays are known as a whole: the package has
        them, or staff marked the year complete. Single days that were entered say nothing."""
        return bool(_public_year(year).makeup_workdays) or year in self.complete

    def is_lecture_day(self, day: date) -> bool:
        """Plan 三(二): lectures are held on weekends; not on worked, festive or closed ones."""
        return (
            is_weekend(day)
            and self._is_off(day)
            and not self.is_closed(day)
            and self.festival(day) is None
        )

    def is_session_day(self, day: date) -> bool:
        """Plan 四(二): sessions are held Mondays to Fridays; school terms are another layer."""
        return not is_weekend(day) and self.is_working_day(day)

    def working_day_after(self, day: date, number: int) -> date:
        """The working day on which `number` of them have passed since `day`."""
        while number > 0:
            day += _DAY
            number -= self.is_working_day(day)
        return day

    def lecture_days(self, year: int) -> list[date]:
        """The lecture days of a year in order; 84 in 2026."""
        return [day for day in days_of_year(year) if self.is_lecture_day(day)]

    def session_days(self, year: int) -> list[date]:
        """The session days of a year in order, holidays of schools included; 242 in 2026."""
        return [day for day in days_of_year(year) if self.is_session_day(day)]

    def makeup_workdays(self, year: int) -> list[date]:
        """The worked weekend days, which schools may or may not teach on."""
        return [day for day in days_of_year(year) if self.is_makeup_workday(day)]

    def _is_said_to_be_off(self, day: date) -> bool:
        return self.special.get(day) == SpecialDayKind.OFF

    def _is_off(self, day: date) -> bool:
        """By the calendar alone; a typhoon makes no holiday."""
        match self.special.get(day):
            case SpecialDayKind.OFF:
                return True
            case SpecialDayKind.WORKING:
                return False
        return day in _public_year(day.year).days_off

    def _run_of_days_off(self, day: date) -> list[date]:
        return [*self._days_off_from(day, -_DAY), day, *self._days_off_from(day, _DAY)]

    def _days_off_from(self, day: date, step: timedelta) -> Iterator[date]:
        while self._is_off(day := day + step):
            yield day


@dataclass(frozen=True)
class KnownCalendar:
    """The calendar with the community's special days: a part of the room that keeps them, for the
    rooms below it."""

    load: Callable[[], Calendar]


def known_calendar() -> Calendar:
    """As it is known now; the public one where no room keeps special days."""
    found = parts_of(KnownCalendar)
    return found[0].load() if found else Calendar()


def years_not_announced(days: Iterable[date]) -> list[int]:
    """The years of these days of which nobody knows the days off yet; in order. It reads nothing
    where the package knows them all."""
    public = Calendar()
    asked = {day.year for day in days if not public.is_announced(day.year)}
    known = known_calendar() if asked else public
    return sorted(year for year in asked if not known.is_announced(year))


@dataclass(frozen=True)
class _PublicYear:
    days_off: frozenset[date]
    makeup_workdays: frozenset[date]
    festivals_zh: Mapping[date, str]
    festivals_en: Mapping[date, str]


@lru_cache
def _public_year(year: int) -> _PublicYear:
    """One year out of `holidays`, which fills itself while it is read: not between threads."""
    from holidays import China  # type: ignore[attr-defined]

    chinese, english = (China(years=year, language=code) for code in ("zh_CN", "en_US"))
    # Days gained by working on a weekend are called 休息日: they, and New Year's Eve, belong to
    # the festival beside them.
    named = [day for day, name in chinese.items() if not name.startswith(("休息日", "农历除夕"))]
    return _PublicYear(
        frozenset(day for day in days_of_year(year) if not chinese.is_working_day(day)),
        frozenset(day for day in chinese.weekend_workdays if day.year == year),
        {day: chinese[day].replace("（补假）", "").replace("; ", "、") for day in named},
        {day: english[day].replace(" (observed)", "").replace("; ", ", ") for day in named},
    )


def _festival_name(day: date) -> str | None:
    year = _public_year(day.year)
    in_english = (get_language() or "").startswith("en")
    return (year.festivals_en if in_english else year.festivals_zh).get(day)
