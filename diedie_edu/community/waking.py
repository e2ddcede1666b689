"""Waking time: the hours in which the community may ring a phone, and the ends that fall into them.

House rule: in the quiet hours (21:00 to 08:00, where the community keeps no others) nobody's phone
rings, nobody's time to answer runs, and no time to answer ends. Equal ones mean none at all.
Whoever gives people a time to answer or to use something takes its end from here.
"""

from datetime import datetime, time, timedelta

from diedie_edu.common.days import local, local_day, moment
from diedie_edu.community.known import community

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def quiet_hours() -> tuple[time, time]:
    """From when until when it is quiet, by the wall clock."""
    row = community()
    return row.quiet_from, row.quiet_until


def quiet_until(now: datetime) -> datetime | None:
    """When the quiet hours that hold `now` end; None outside of them."""
    start, end = quiet_hours()
    clock, today = local(now).time(), local_day(now)
    over_midnight = start > end
    if over_midnight and clock >= start:
        return moment(today + DAY, end)
    if clock < end and (over_midnight or clock >= start):
        return moment(today, end)
    return None


def after_the_night(wanted: datetime) -> datetime:
    """An end that lies within the quiet hours, put off until they are over; any other as it is."""
    return quiet_until(wanted) or wanted


def before_the_night(wanted: datetime) -> datetime:
    """For what nothing may outlast, such as a beginning: the last minute before the quiet hours
    where it lies within them; any other moment as it is."""
    ends = quiet_until(wanted)
    if ends is None:
        return wanted
    start, end = quiet_hours()
    return moment(local_day(ends) - (DAY if start > end else 0 * DAY), start) - MINUTE


def awake_between(start: datetime, end: datetime) -> timedelta:
    """How much waking time lies between two moments; none where `end` comes first."""
    return max(_awake_since_ever(end) - _awake_since_ever(start), timedelta())


def awake_after(start: datetime, span: timedelta) -> datetime:
    """The moment at which so much waking time has passed; never one within the quiet hours."""
    at = after_the_night(start)
    while (night := _next_night(at)) is not None and at + span >= night:
        span -= night - at
        at = after_the_night(night)
    return at + span


def _next_night(awake: datetime) -> datetime | None:
    start, end = quiet_hours()
    if start == end:
        return None
    tonight = moment(local_day(awake), start)
    return tonight if awake < tonight else tonight + DAY


def _awake_since_ever(at: datetime) -> timedelta:
    """Waking time since the first day of the calendar: only differences of it mean anything."""
    return local_day(at).toordinal() * _awake_by(DAY) + _awake_by(_since_midnight(local(at).time()))


def _awake_by(clock: timedelta) -> timedelta:
    """Waking time of a day up to a time of it."""
    return clock - sum((_overlap(clock, *span) for span in _quiet_spans()), timedelta())


def _quiet_spans() -> list[tuple[timedelta, timedelta]]:
    start, end = map(_since_midnight, quiet_hours())
    return [(timedelta(), end), (start, DAY)] if start > end else [(start, end)]


def _overlap(clock: timedelta, start: timedelta, end: timedelta) -> timedelta:
    return min(clock, end) - min(clock, start)


def _since_midnight(clock: time) -> timedelta:
    return timedelta(
        hours=clock.hour,
        minutes=clock.minute,
        seconds=clock.second,
        microseconds=clock.microsecond,
    )
