"""When and where a lecture may be held."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity
from diedie_edu.activities.rules.schedule import FURTHEST
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import PartOfWeek, is_weekend, local_day, moment
from diedie_edu.common.errors import Refused

PROGRAMME = "residents-school"
# Plan 三(二): the weekday (as ISO counts them) and the usual beginning of a part of the week.
BEGINNINGS: dict[str, tuple[int, time]] = {
    PartOfWeek.SATURDAY_MORNING: (6, time(9, 30)),
    PartOfWeek.SATURDAY_AFTERNOON: (6, time(15, 0)),
    PartOfWeek.SUNDAY_MORNING: (7, time(9, 30)),
    PartOfWeek.SUNDAY_AFTERNOON: (7, time(15, 0)),
}


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


def next_in(part: str, after: date, calendar: Calendar) -> datetime | None:
    """The beginning of a lecture in a part of the week, on the first lecture day after a day;
    None for evenings, on which there are no lectures."""
    if part not in BEGINNINGS:
        return None
    weekday, clock = BEGINNINGS[part]
    days = (after + timedelta(days=number) for number in range(1, FURTHEST.days))
    fitting = (day for day in days if day.isoweekday() == weekday and calendar.is_lecture_day(day))
    return next((moment(day, clock) for day in fitting), None)


def could_begin(starts_at: datetime, *, calendar: Calendar, now: datetime) -> bool:
    """Whether a lecture may begin then, for free times that are offered."""
    ahead = now < starts_at <= now + FURTHEST
    return ahead and calendar.is_lecture_day(local_day(starts_at))


OUT_ALREADY = _("A message has gone out already. Call the lecture off instead.")


def check_can_be_taken_back(lecture: Activity, has_sign_ups: bool) -> None:
    """House rule: an announcement is taken back while nobody has signed up."""
    if lecture.state != Activity.State.PUBLISHED:
        raise Refused("not_announced", _("This lecture is not announced."))
    if has_sign_ups:
        raise Refused("signed_up", _("Somebody has signed up already. Call it off instead."))
