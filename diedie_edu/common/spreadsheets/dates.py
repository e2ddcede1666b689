"""Dates and times as offices type them: 2012.9.1, 2012年9月1日, 9:30, 9点30分, serial numbers."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import local, moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.sent import sent_day

_WRITTEN = re.compile(
    r"(\d{4})\s*[-./年、–—]\s*(\d{1,2})\s*[-./月、–—]\s*(\d{1,2})\s*[日号]?"
    r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_SERIAL = re.compile(r"\d{4,5}(?:\.0)?")
# Excel counts days from here (it believes in 29 February 1900).
_SERIAL_ZERO = date(1899, 12, 30)
# Below stand bare years such as 2012, above it six digits such as 201209.
_SERIALS = range((date(1910, 1, 1) - _SERIAL_ZERO).days, (date(2100, 1, 1) - _SERIAL_ZERO).days)


def parse_date(cell: Any) -> date:
    """The day that a filled cell means; a time of day behind it is dropped.

    Raises `Refused` (`date_unclear`, `date_impossible`). Two-digit years and day-first forms
    are refused: a birthday guessed wrongly is worse than a question.
    """
    if isinstance(cell, date):
        return _day(cell.year, cell.month, cell.day)
    text = " ".join(unicodedata.normalize("NFKC", str(cell)).split())
    if found := _WRITTEN.fullmatch(text) or _DIGITS.fullmatch(text):
        return _day(*map(int, found.groups()))
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(float(text)))
    raise Refused(
        "date_unclear",
        _("This is not a date we can read. Write year, month and day like 2012-09-01."),
    )


def _day(year: int, month: int, day: int) -> date:
    found = sent_day(f"{year:04}-{month:02}-{day:02}")
    if found is None:
        raise Refused(
            "date_impossible",
            _("There is no such day in the calendar. Check the year, month and day."),
        )
    return found


_CLOCK = re.compile(r"(\d{1,2})\s*[:.时点]\s*(\d{2})(?:\s*分)?(?::\d{2}(?:\.0*)?)?")
_DAY_AND_TIME = re.compile(r"(.*[\d日号])[T\s]\s*(\d{1,2}\D.*)")


def parse_time(cell: Any) -> time:
    """The time of day that a filled cell means, to the minute.

    Raises `Refused` (`time_unclear`): 3:30 in the afternoon is 15:30.
    """
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, timedelta):
        return _clock(*divmod(int(cell.total_seconds()) // 60, 60))
    if isinstance(cell, float) and cell < 1:  # a part of the day
        return _clock(*divmod(round(cell * 24 * 60), 60))
    found = _CLOCK.fullmatch(unicodedata.normalize("NFKC", str(cell)).strip())
    return _clock(*(map(int, found.groups()) if found else (24, 0)))


def _clock(hour: int, minute: int) -> time:
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        raise Refused("time_unclear", _("Write the time of day like 09:30 or 15:30."))
    return time(hour, minute)


def parse_moment(cell: Any) -> datetime:
    """The moment by the wall clock here that a filled cell means.

    Raises `Refused` (`moment_unclear`, and as `parse_date` and `parse_time` do).
    """
    if isinstance(cell, datetime):
        return local(cell) if cell.tzinfo else moment(cell.date(), parse_time(cell))
    text = " ".join(unicodedata.normalize("NFKC", str(cell)).split())
    found = _DAY_AND_TIME.fullmatch(text)
    if not found:
        raise Refused("moment_unclear", _("Write the day and the time like 2026-11-20 08:00."))
    return moment(parse_date(found[1]), parse_time(found[2]))
