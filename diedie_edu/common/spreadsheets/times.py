"""Times of day as offices type them, 9:30 or 9点30分, and days with a time."""

import re
import unicodedata
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import local, moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.dates import parse_date

_WRITTEN = re.compile(r"(\d{1,2})\s*[:.时点]\s*(\d{2})(?:\s*分)?(?::\d{2}(?:\.0*)?)?")
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
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", str(cell)).strip())
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
