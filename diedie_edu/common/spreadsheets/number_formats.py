"""Days and times as spreadsheets keep them: a number of days, and a format that shows it as such.

ECMA-376 part 1, 18.8.30 (numFmt). Programs in East Asia use the formats 27 to 36 and 50 to 58,
whose codes are not in the file.
"""

import re
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from diedie_edu.common.spreadsheets.dates import SERIAL_ZERO, Month, nearest_day


class Shown(Enum):
    """What a format makes of a number."""

    NUMBER = auto()
    DAY = auto()
    MONTH = auto()  # and year, without the day
    CLOCK = auto()  # a time of day, with or without its day
    ELAPSED = auto()  # hours beyond 24 as well


_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 28, 29, 30, 31, 51, 53, 54, 58), Shown.DAY),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), Shown.MONTH),
    **dict.fromkeys((18, 19, 20, 21, 22, 32, 33, 34, 35, 45, 47, 55, 56), Shown.CLOCK),
    46: Shown.ELAPSED,
}
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?', re.DOTALL)
_HALF_OF_DAY = re.compile("am/pm|a/p|上午/下午")
_EXPONENT = re.compile(r"e[+-]")
LONGEST_CODE = 255
# Below day 61 Excel counts the 29 February 1900, other programs do not.
_FIRST, _LAST = 61, 2_900_000  # 1900-03-01, and thousands of years after our times
_ZERO_1904 = datetime.combine(date(1904, 1, 1), time.min)


@lru_cache(maxsize=1024)
def shown_by(form: int | str) -> Shown:
    """What a built-in format (by number) or a code of one shows."""
    if isinstance(form, int):
        return _BUILT_IN.get(form, Shown.NUMBER)
    code = form[:LONGEST_CODE].casefold()
    if _ELAPSED.search(code):
        return Shown.ELAPSED
    plain = _LITERAL.sub("", code).partition(";")[0]
    if "general" in plain or "通用格式" in plain:
        return Shown.NUMBER
    signs = set(_EXPONENT.sub("", _HALF_OF_DAY.sub("h", plain)))
    return _of_signs(signs)


def _of_signs(signs: set[str]) -> Shown:
    """`a` is a day of the week, `e`, `g` and `b` are years of other calendars."""
    if signs & {"h", "s"}:
        return Shown.CLOCK
    if signs & {"d", "a"}:
        return Shown.DAY
    return Shown.MONTH if signs & {"y", "m", "e", "g", "b"} else Shown.NUMBER


def value_shown(number: float, shown: Shown, *, is_1904: bool = False) -> Any:
    """A number as the day, moment or time that is shown; itself where it is none. A day on which
    only the month is shown is a `Month` where it may as well be the first that a program fills
    in."""
    if shown is Shown.NUMBER or number < 0 or number > _LAST:
        return number
    if shown is Shown.ELAPSED or number < 1:
        return timedelta(days=number)
    if not is_1904 and number < _FIRST:
        return number
    moment = (_ZERO_1904 if is_1904 else SERIAL_ZERO) + timedelta(days=number)
    day = None if shown is Shown.CLOCK else nearest_day(moment)
    return moment if day is None else _day(day, shown)


def _day(day: date, shown: Shown) -> date:
    is_month = shown is Shown.MONTH and day.day == 1
    return Month(day.year, day.month, 1) if is_month else day
