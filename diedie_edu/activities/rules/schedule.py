"""When things may be planned, announced, moved, called off and closed."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import ClosedTime, Venue

FURTHEST = timedelta(days=366)
EARLIEST, LATEST = time(7), time(22)


def check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """House rule: what is planned lies ahead, a year at most, and ends after it begins."""
    if ends_at <= starts_at:
        raise Refused("ends_early", _("The end must come after the beginning."), "ends")
    if starts_at <= now:
        raise Refused("past", _("Please choose a time that lies ahead."), "day")
    if starts_at - now > FURTHEST:
        raise Refused("far", _("That is more than a year ahead. Please check the year."), "day")


def is_odd_hour(starts: time, ends: time) -> bool:
    """House rule: whoever plans before seven or after ten at night is asked whether it is meant."""
    return starts < EARLIEST or ends > LATEST or ends < EARLIEST


def check_window(opens_at: datetime, closes_at: datetime, ends_at: datetime) -> None:
    """House rule: sign-up closes after it opens and before the end."""
    if closes_at <= opens_at:
        raise Refused("window", _("Sign-up must close after it opens."), "sign_up_closes_at")
    if closes_at > ends_at:
        raise Refused("window", _("Sign-up must close before it is over."), "sign_up_closes_at")


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
    """House rule: it is for somebody."""
    if youngest is not None and oldest is not None and youngest > oldest:
        raise Refused(
            "ages", _("The youngest cannot be older than the oldest. Swap the ages."), "max_age"
        )


def check_can_be_changed(activity: Activity) -> None:
    """House rule: what is called off stays as people were told."""
    if activity.is_called_off:
        raise Refused("called_off", _("This has been called off already."))


def check_can_be_announced(activity: Activity, first_starts_at: datetime, now: datetime) -> None:
    """House rule: only what lies ahead is announced."""
    check_can_be_changed(activity)
    if now >= first_starts_at:
        raise Refused("past", _("Its time has passed. Choose another day first."))


def check_can_be_called_off(activity: Activity, last_ends_at: datetime, now: datetime) -> None:
    """House rule: what is over, or off already, cannot be called off."""
    check_can_be_changed(activity)
    if now >= last_ends_at:
        raise Refused("over", _("This is over and cannot be called off."))


def check_can_be_held_again(occasions: Collection[Occasion]) -> None:
    """House rule: calling off is taken back of what is not over."""
    if not occasions:
        raise Refused("over", _("This takes place already, or its time has passed."))


def check_move(occasion: Occasion, starts_at: datetime, now: datetime) -> None:
    """House rule: only what lies ahead can be moved, and only to a time ahead."""
    if occasion.is_called_off:
        raise Refused("called_off", _("This has been called off already."))
    if now >= occasion.starts_at:
        raise Refused("begun", _("It has already begun and cannot be moved."))
    if starts_at <= now:
        raise Refused("past", _("Please choose a time that lies ahead."), field="starts_at")


def check_closed_time(closed: ClosedTime, now: datetime) -> None:
    """House rule: a room is closed for a time that is not over, within a year."""
    if closed.ends_at <= closed.starts_at:
        raise Refused("ends_early", _("The end must come after the beginning."), "last")
    if closed.ends_at <= now:
        raise Refused("past", _("Please choose a time that lies ahead."), "first")
    if closed.ends_at - now > FURTHEST:
        raise Refused("far", _("That is more than a year ahead. Please check the year."), "last")


def check_can_be_closed(day: date, today: date) -> None:
    """House rule: today or a day ahead, a year at most, can be closed."""
    if day < today:
        raise Refused("past", _("That day has passed. Choose today or a day ahead."), "day")
    if day - today > FURTHEST:
        raise Refused("far", _("That is more than a year ahead. Please check the year."), "day")
