"""Decisions on contacts and what follows from them; pure."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.errors import Refused

REMIND_EVERY = 3  # working days
SOON = timedelta(days=7)


def check_day(held_on: date, today: date) -> None:
    """House rule: the log says what has taken place. Raises `Refused` (`ahead`)."""
    if held_on > today:
        raise Refused("ahead", _("This day has not come yet."), "held_on")


def check_due(due_on: date, held_on: date) -> None:
    """House rule: what follows comes after the contact. Raises `Refused` (`early`)."""
    if due_on < held_on:
        raise Refused("early", _("This is before the contact itself."), "due_on")


def first_reminder(due_on: date, today: date, calendar: Calendar) -> date:
    """House rule: on its day, or on the last working day before; of what is late, at once."""
    day = due_on
    while day > today and not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return max(day, today)
