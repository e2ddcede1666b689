"""Dates and times as offices type them, 2012.9.1 or 下午3:30, and as programs write them.

Programs miss what is meant: by 43 s (SheetJS counts from 1899, when Shanghai had a clock of its
own), by eight hours (ExcelJS writes the moment in London), by parts of a second (sums of floats).
So times are read to the nearest minute, a day within a minute of midnight is the day that is
meant, and anything else in a column of days is a question: a birthday guessed wrongly is worse.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import ZONE, is_of_our_times, local
from diedie_edu.common.errors import Refused
from diedie_edu.common.sent import sent_day
from diedie_edu.common.spreadsheets.clocks import (
    DAY,
    MINUTE,
    NO_TIME,
    clock_at,
    minutes_of,
    seconds_in,
    seconds_of,
)

_WRITTEN = re.compile(
    r"(?:(\d{4})\s?[-./年、,。·–—\s]\s?(\d{1,2})\s?[-./月、,。·–—\s]\s?(\d{1,2})(?!\d)(?:\s?[日号])?"
    r"|(\d{4})(\d{2})(\d{2})(?:\.0)?(?!\d))"
)
_BEFORE_CLOCK = re.compile(r"[T\s]\s?|(?<=[日号])|(?=[上下早清凌中午傍晚])", re.IGNORECASE)
_ZONE = re.compile(r"\s?(?:Z|([+-])(\d{2}):?(\d{2}))$", re.IGNORECASE)
_WEEKDAY = re.compile(r"\s?[(\[【]?(?:星期|礼拜|周)([一二三四五六日天])[)\]】]?\s?")
_WEEKDAYS = "一二三四五六日天"
_LUNAR = r"[农農阴陰旧舊夏][历曆]|正月|[腊臘冬]月|[闰閏]|初[一二三四五六七八九十]|[Ll]unar"
_ANOTHER_CALENDAR = re.compile(rf"({_LUNAR})|民[国國]|昭和|平成|令和|大正|公元前")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
# Excel counts days from here (it believes in 29 February 1900).
SERIAL_ZERO = datetime.combine(date(1899, 12, 30), time.min)
# Below stand bare years such as 2012, above it six digits such as 201209.
_SERIALS = range(
    (date(1910, 1, 1) - SERIAL_ZERO.date()).days, (date(2100, 1, 1) - SERIAL_ZERO.date()).days
)


class Month(date):
    """The first of a month, as a program fills it in where only year and month were entered."""


class Written(NamedTuple):
    """What a text says: a day, perhaps with seconds since midnight, perhaps in a zone."""

    day: date
    seconds: float | None = None
    zone: timezone | None = None

    @property
    def moment(self) -> datetime:
        midnight = datetime.combine(self.day, time.min, tzinfo=self.zone)
        return midnight + timedelta(seconds=self.seconds or 0)


def parse_date(cell: Any) -> date:
    """The day that a filled cell means.

    Raises `Refused` (`date_unclear`, `date_impossible`, `date_with_time`, `date_weekday`).
    Two-digit years, day-first forms and other calendars are refused.
    """
    if isinstance(cell, Month):
        raise Refused("date_unclear", _ONLY_A_MONTH)
    if isinstance(cell, datetime):
        return _whole_day(cell)
    if isinstance(cell, date):
        return _day(cell.year, cell.month, cell.day)
    text = _plain(cell)
    if _is_serial(text):
        return _whole_day(SERIAL_ZERO + timedelta(days=float(text)))
    written = _written(text)
    if written.seconds == NO_TIME:
        raise Refused("date_unclear", _UNCLEAR)
    return _whole_day(written.moment)


def _is_serial(text: str) -> bool:
    return bool(_SERIAL.fullmatch(text)) and int(float(text)) in _SERIALS


def _plain(cell: Any) -> str:
    return " ".join(unicodedata.normalize("NFKC", str(cell)).split()).lstrip("'’`")


def _written(text: str) -> Written:
    bare = _WEEKDAY.sub(" ", text).strip()
    found = _WRITTEN.match(bare)
    if not found or _ANOTHER_CALENDAR.search(text):
        raise Refused("date_unclear", _why_unclear(text))
    day = _day(*(int(number) for number in found.groups() if number))
    if any(min(_WEEKDAYS.index(sign), 6) != day.weekday() for sign in _WEEKDAY.findall(text)):
        raise Refused("date_weekday", _ANOTHER_WEEKDAY)
    return _with_clock(day, bare[found.end() - 1 :])


def _with_clock(day: date, rest: str) -> Written:
    """`rest` begins with the last sign of the day."""
    if len(rest) == 1:
        return Written(day)
    before = _BEFORE_CLOCK.match(rest, 1)
    if not before:
        raise Refused("date_unclear", _UNCLEAR)
    clock = rest[before.end() :]
    zone = _ZONE.search(clock)
    if zone and zone[1] == "-" and before[0][:1] not in ("T", "t"):
        zone = None  # 9:30-11:00
    seconds = seconds_in(clock[: zone.start()] if zone else clock)
    return Written(day, seconds, _zone(zone) if zone else None)


def _zone(found: re.Match[str]) -> timezone:
    sign, hours, minutes = found.groups()
    if not sign:
        return UTC
    ahead = timedelta(hours=int(hours) % 24, minutes=int(minutes) % 60)
    return timezone(-ahead if sign == "-" else ahead)


def _why_unclear(text: str) -> Promise:
    found = _ANOTHER_CALENDAR.search(text)
    if not found:
        return _UNCLEAR
    return _LUNAR_DAY if found[1] else _OTHER_YEAR


def _day(year: int, month: int, day: int) -> date:
    found = sent_day(f"{year:04}-{month:02}-{day:02}")
    if found is None:
        raise Refused("date_impossible", _IMPOSSIBLE)
    return found


def nearest_day(moment: datetime) -> date | None:
    """The day whose beginning is within a minute of a moment."""
    later = moment + timedelta(seconds=MINUTE)
    return later.date() if seconds_of(later.time()) <= 2 * MINUTE else None


def _whole_day(moment: datetime) -> date:
    """Of a moment in a zone the day here; midnight by its own clock is the same day here, or a
    question."""
    _day(moment.year, moment.month, moment.day)
    found = nearest_day(moment)
    if moment.tzinfo:
        here = local(moment)
        own = found if found == here.date() else None
        found = nearest_day(here) or own
    if found is None:
        raise Refused("date_with_time", _WITH_TIME)
    return _day(found.year, found.month, found.day)


def parse_time(cell: Any) -> time:
    """The time of day that a filled cell means, to the nearest minute.

    Raises `Refused` (`time_unclear`): a day alone has no time, and 9.5 may be half past nine.
    """
    if isinstance(cell, datetime):
        return _time_of(_to_the_minute(cell))
    if isinstance(cell, time):
        return clock_at(seconds_of(cell))
    if isinstance(cell, timedelta):
        return clock_at(cell.total_seconds())
    if isinstance(cell, float):
        return clock_at(cell * DAY)
    return clock_at(seconds_in(_plain(cell)))


def _time_of(moment: datetime) -> time:
    clock = moment.time()
    return clock_at(NO_TIME if clock == time.min else seconds_of(clock))


def parse_moment(cell: Any) -> datetime:
    """The moment by the wall clock here that a filled cell means, to the nearest minute.

    Raises `Refused` (`moment_unclear`, and as `parse_date` and `parse_time` do).
    """
    if isinstance(cell, datetime):
        return _to_the_minute(cell)
    text = _plain(cell)
    if isinstance(cell, float) and _is_serial(text) and cell % 1:
        return _to_the_minute(SERIAL_ZERO + timedelta(days=cell))
    if isinstance(cell, date | time | timedelta) or not _WRITTEN.match(text):
        raise Refused("moment_unclear", _NO_MOMENT)
    written = _written(text)
    if written.seconds is None:
        raise Refused("moment_unclear", _NO_MOMENT)
    if written.seconds == NO_TIME:
        clock_at(NO_TIME)
    return _to_the_minute(written.moment)


def _to_the_minute(moment: datetime) -> datetime:
    if not is_of_our_times(moment.date()):
        raise Refused("date_impossible", _IMPOSSIBLE)
    here = local(moment) if moment.tzinfo else moment
    minutes = minutes_of(seconds_of(here.time()))
    return datetime.combine(here.date(), time.min, tzinfo=ZONE) + timedelta(minutes=minutes)


_UNCLEAR = _("This is not a date we can read. Write year, month and day like 2012-09-01.")
_IMPOSSIBLE = _("There is no such day in the calendar. Check the year, month and day.")
_ONLY_A_MONTH = _("Only the year and month are known here. Write the day too, like 2012-09-01.")
_WITH_TIME = _(
    "A time of day stands with this date, so a program may have moved it to the day before or "
    "after. Write the day alone, like 2012-09-01."
)
_ANOTHER_WEEKDAY = _("This day falls on another day of the week. Correct one of the two.")
_LUNAR_DAY = _("This is a day of the lunar calendar. Write that of the common one: 2012-09-01.")
_OTHER_YEAR = _("These years are counted in another way. Write the common one, like 2012-09-01.")
_NO_MOMENT = _("Write the day and the time like 2026-11-20 08:00.")
