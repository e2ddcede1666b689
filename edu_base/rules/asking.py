"""When students are asked how it goes, and what follows from their answer; pure."""

from calendar import monthrange
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from edu_base.models import StudyQuestion
from edu_base.models.states import STUDENTS, State

Occasion = StudyQuestion.Occasion
# House rule: the message, and two reminders a fortnight apart; a fortnight later somebody rings.
TIMES, PAUSE = 3, timedelta(days=14)
# House rule: what could not be asked on its day is asked up to three months later, then not at all.
LATE = timedelta(days=90)
ASKED_EACH_YEAR = (State.REPORTED, State.STUDYING, State.PAUSED)
MONTHS_AFTER = {Occasion.HALF_YEAR: 6, Occasion.YEAR: 12}


def september(today: date) -> date | None:
    """House rule: from 1 September to the end of November the question of this year is asked."""
    first = date(today.year, 9, 1)
    return first if first <= today <= first + LATE else None


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.month - 1 + months, 12)
    month += 1
    last = monthrange(day.year + year, month)[1]
    return date(day.year + year, month, min(day.day, last))


def due_after(graduated_on: date, today: date) -> list[tuple[Occasion, date]]:
    """House rule: whoever has graduated is asked 6 and 12 months later."""
    days = [(one, months_after(graduated_on, months)) for one, months in MONTHS_AFTER.items()]
    return [(one, day) for one, day in days if day <= today <= day + LATE]


def check_may_answer(state: str, is_newest: bool) -> None:
    """House rule: the newest question can be answered, and its answer put right, by whoever is or
    was a student. Raises `Refused` (`older`, `no_student`)."""
    if state not in STUDENTS:
        raise Refused("no_student", _("This application is no longer that of a student."))
    if not is_newest:
        raise Refused("older", _("There is a newer question. Please use the newest link."))


def check_graduated_on(day: date, today: date) -> None:
    """House rule: a day that has been. Raises `Refused` (`ahead`)."""
    if day > today:
        raise Refused("ahead", _("This day has not come yet."), "graduated_on")
