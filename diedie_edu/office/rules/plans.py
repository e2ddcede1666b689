"""How a plan stands, and what may be entered of it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

LATE, DUE, AHEAD, DONE = "late", "due", "ahead", "done"
MOST_FILES = 10
TWIN = _("This paper of the committee is entered already.")


def state_of(first_day: date, last_day: date, today: date, *, done: bool) -> str:
    """House rule: late once its last day is over, due from its first day on."""
    if done:
        return DONE
    if last_day < today:
        return LATE
    return DUE if first_day <= today else AHEAD


def check_days(first_day: date, last_day: date) -> None:
    """House rule: a milestone ends after it begins. Raises `Refused` (`ends_early`)."""
    if last_day < first_day:
        text = _("The last day comes before the first.")
        raise Refused("ends_early", text, "last_day")


def check_room_for_more(number: int) -> None:
    """House rule: a document has a few finished files. Raises `Refused` (`too_many`)."""
    if number >= MOST_FILES:
        text = _("A document holds %(limit)s files at most. Remove one first.")
        raise Refused("too_many", text % {"limit": MOST_FILES}, "file")


def check_year(year: int, today: date) -> None:
    """House rule: a year is opened from the one before it on, and not long after it.

    Raises `Refused` (`other_year`).
    """
    if not today.year - 1 <= year <= today.year + 1:
        raise Refused("other_year", _("Open last year, this year or the next one."))
