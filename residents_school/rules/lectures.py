"""When and where a lecture may be held."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import is_weekend, local_day
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Venue

PROGRAMME = "residents-school"
FURTHEST = timedelta(days=366)


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


def check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """House rule: a lecture lies ahead, a year at most, and ends after it begins."""
    if ends_at <= starts_at:
        raise Refused("ends_early", _("The end must come after the beginning."), "ends")
    if starts_at <= now:
        raise Refused("past", _("Please choose a time that lies ahead."), "day")
    if starts_at - now > FURTHEST:
        raise Refused("far", _("That is more than a year ahead. Please check the year."), "day")


def check_window(opens_at: datetime, closes_at: datetime, ends_at: datetime) -> None:
    """House rule: sign-up closes after it opens and before the lecture is over."""
    if closes_at <= opens_at:
        raise Refused("window", _("Sign-up must close after it opens."), "sign_up_closes_at")
    if closes_at > ends_at:
        raise Refused(
            "window", _("Sign-up must close before the lecture is over."), "sign_up_closes_at"
        )


def check_fits(capacity: int, venue: Venue) -> None:
    """House rule: a seat at least, and no more than the room has places, for fire safety."""
    if capacity < 1:
        raise Refused("no_seats", _("Plan at least one seat."), "capacity")
    if capacity > venue.places:
        raise Refused(
            "too_many_seats",
            _("%(venue)s has %(places)s places; plan no more seats than that.")
            % {"venue": venue, "places": venue.places},
            "capacity",
        )


def check_ages(youngest: int | None, oldest: int | None) -> None:
    """House rule: a lecture is for somebody."""
    if youngest is not None and oldest is not None and youngest > oldest:
        raise Refused(
            "ages", _("The youngest cannot be older than the oldest. Swap the ages."), "max_age"
        )
