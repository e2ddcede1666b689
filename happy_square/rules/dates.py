"""Which days a group meets on by its weekly times, and what may become of its dates."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Occasion
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.errors import Refused
from happy_square.models import Group, MeetUp, WeeklyTime

WEEK = timedelta(days=7)
LATE_WORD = timedelta(days=1)
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=6)


def meets_on(group: Group, day: date, calendar: Calendar) -> bool:
    """House rule: a group meets as usual on every day that is not closed, on public holidays where
    it has chosen so."""
    if calendar.is_closed(day):
        return False
    return group.on_holidays or calendar.festival(day) is None


def days_of(usual: WeeklyTime, today: date) -> Iterator[date]:
    """Its days from today on, GROUP_WEEKS_AHEAD weeks ahead."""
    first = today + timedelta(days=(usual.weekday - today.isoweekday()) % 7)
    return (first + number * WEEK for number in range(settings.GROUP_WEEKS_AHEAD))


def check_times(starts: time, ends: time) -> None:
    """House rule: a meet-up lasts a quarter of an hour at least, and six hours at most."""
    length = timedelta(hours=ends.hour - starts.hour, minutes=ends.minute - starts.minute)
    if not SHORTEST <= length <= LONGEST:
        raise Refused(
            "length", _("The end must come 15 minutes to 6 hours after the beginning."), "ends"
        )


def check_meets(group: Group) -> None:
    """House rule: a group that rests, is suspended or has ended plans nothing."""
    if not group.is_active:
        raise Refused("not_active", _("This group does not meet at present."))


def check_can_be_called_off(meet_up: MeetUp, now: datetime) -> None:
    """House rule: a date is called off up to its start and a day after its end, unless somebody
    was counted there."""
    occasion: Occasion = meet_up.occasion
    if occasion.is_called_off:
        raise Refused("called_off", _("This has been called off already."))
    check_nobody_came(meet_up.counted_at is not None)
    if now >= occasion.ends_at + LATE_WORD:
        raise Refused("over", _("This is over and cannot be called off."))


def check_nobody_came(is_somebody_in: bool) -> None:
    """House rule: where somebody was written down as having come, it took place."""
    if is_somebody_in:
        raise Refused("counted", _("People were counted on this day, so it took place."))


def check_can_be_confirmed(meet_up: MeetUp, now: datetime) -> None:
    """House rule: what lies ahead and stands is confirmed."""
    if meet_up.occasion.is_called_off:
        raise Refused("called_off", _("This has been called off already."))
    if now >= meet_up.occasion.ends_at:
        raise Refused("over", _("This date is over."))
