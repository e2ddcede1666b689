"""Times of day as offices type them: 9:30, 9点半, 下午3:30."""

import re
from datetime import time

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

MINUTE, HOUR, DAY = 60, 3600, 86_400  # in seconds
NO_TIME = DAY  # no clock shows it
_CLOCK = re.compile(
    r"(?P<before>[^\W\d_]+)?\s*(?P<hour>\d{1,2})\s*"
    r"(?:[:∶.时点]\s*(?P<minute>\d{2})(?:\s*分(?:\s*\d{2}\s*秒)?|:(?P<second>\d{2}(?:\.\d*)?))?"
    r"|点(?P<half>半)?|时)\s*(?P<after>am|pm)?",
    re.IGNORECASE,
)
# What the words make of 1 to 12 o'clock; beyond noon a clock of 24 hours is meant.
_MORNING = {hour: hour for hour in range(1, 12)}
_AFTERNOON = {12: 12, **{hour: hour + 12 for hour in range(1, 12)}}
_EVENING = {hour: hour + 12 for hour in range(5, 12)}
_NOON = {11: 11, 12: 12, 1: 13, 2: 14}
_AFTER_MIDNIGHT = {12: 0, **_MORNING}
_HOURS = {
    **dict.fromkeys(("上午", "早上", "早晨", "清晨"), _MORNING),
    **dict.fromkeys(("凌晨", "am"), _AFTER_MIDNIGHT),
    **dict.fromkeys(("下午", "午后", "pm"), _AFTERNOON),
    **dict.fromkeys(("傍晚", "晚上", "晚"), _EVENING),
    "中午": _NOON,
}
_LATE = ("下午", "午后", "傍晚", "晚上", "晚")


def seconds_in(text: str) -> float:
    """Since midnight, by what is typed; `NO_TIME` where it is none, or could be two."""
    found = _CLOCK.fullmatch(text)
    if not found or (found["before"] and found["after"]):
        return NO_TIME
    hour = _hour(int(found["hour"]), (found["before"] or found["after"] or "").casefold())
    minute = 30 if found["half"] else int(found["minute"] or 0)
    second = float(found["second"] or 0)
    is_time = hour < 24 and minute < 60 and second < 60
    return hour * HOUR + minute * MINUTE + second if is_time else NO_TIME


def _hour(hour: int, word: str) -> int:
    """24 where the word does not fit, or 12 may be noon or midnight."""
    if not word or (word in _LATE and hour > 12):
        return hour
    return _HOURS.get(word, {}).get(hour, 24)


def seconds_of(clock: time) -> float:
    return clock.hour * HOUR + clock.minute * MINUTE + clock.second + clock.microsecond / 1e6


def minutes_of(seconds: float) -> int:
    """The nearest minute."""
    return int((seconds + MINUTE / 2) // MINUTE)


def clock_at(seconds: float) -> time:
    """Raises `Refused` (`time_unclear`) where no clock shows it to the minute."""
    hour, minute = divmod(minutes_of(seconds), 60)
    if not 0 <= hour <= 23:
        raise Refused("time_unclear", _("Write the time of day like 09:30 or 15:30."))
    return time(hour, minute)
