"""Dates as offices type them: 2012.9.1, 2012年9月1日, 2012-9-1, 20120901, serial numbers."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

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
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
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
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Refused(
            "date_impossible",
            _("There is no such day in the calendar. Check the year, month and day."),
        ) from error
