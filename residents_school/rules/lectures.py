"""When and where a lecture may be held."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.rules.schedule import FURTHEST
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import is_weekend, local_day
from diedie_edu.common.errors import Refused

PROGRAMME = "residents-school"


def check_lecture_day(day: date, calendar: Calendar) -> None:
    """Plan 三(二): lectures are held on Saturdays and Sundays; festivals and make-up
    workdays are not ordinary weekend days, and staff may have closed one."""
    if not is_weekend(day):
        raise Refused(
            "weekday", _("Lectures are held on Saturdays and Sundays. Choose a weekend."), "day"
        )
    if calendar.is_closed(day):
        raise Refused(
            "closed_day", _("The community is closed on that day. Choose another weekend."), "day"
        )
    if calendar.is_makeup_workday(day):
        raise Refused(
            "makeup_day", _("That day is a make-up working day. Choose another weekend."), "day"
        )
    festival = calendar.festival(day)
    if festival:
        raise Refused(
            "festival",
            _("That day belongs to the holiday “%s”. Choose another weekend.") % festival,
            "day",
        )


def could_begin(starts_at: datetime, *, calendar: Calendar, now: datetime) -> bool:
    """Whether a lecture may begin then, for free times that are offered."""
    ahead = now < starts_at <= now + FURTHEST
    return ahead and calendar.is_lecture_day(local_day(starts_at))
