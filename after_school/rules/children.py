"""Who is enrolled, who decides for a child, and until when an absence can be told."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from after_school.models import GuardianRight
from diedie_edu.activities.models import SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.people.rules import residents

YOUNGEST, OLDEST = 5, 18
ABSENCE_FURTHEST = timedelta(days=200)


def check_age(birth_date: date, today: date) -> None:
    """Plan 四(一): primary and secondary pupils."""
    if not YOUNGEST <= residents.years_old(birth_date, today) <= OLDEST:
        raise Refused(
            "no_pupil",
            _("The 4:30 school is for pupils of 5 to 18 years. Check the date of birth."),
            "birth_date",
        )


def check_decides(right: GuardianRight | None) -> None:
    """House rule: who may collect, absences and leaving are for a guardian who decides."""
    if right is None or not right.decides:
        raise Refused(
            "decides_not", _("The other guardian decides this. Please speak with each other.")
        )


def check_is_first(right: GuardianRight | None) -> None:
    """House rule: the first guardian enters the second, and says what that one sees and decides."""
    if right is None or right.place != GuardianRight.Place.FIRST:
        raise Refused("not_first", _("Only the first guardian changes this."))


def check_can_be_taken_out(right: GuardianRight) -> None:
    """House rule: one guardian answers for a child as long as it is enrolled."""
    if right.place == GuardianRight.Place.FIRST:
        raise Refused("first", _("The first guardian cannot be taken out here."))


def check_absence(first_day: date, last_day: date, begins_at: datetime, now: datetime) -> None:
    """House rule: an absence can be told until the session of its first day begins."""
    if last_day < first_day:
        raise Refused("ends_early", _("The last day must come after the first."), "last_day")
    if now >= begins_at:
        raise Refused(
            "begun",
            _("The 4:30 school has begun on that day. Please call us if the child does not come."),
            "first_day",
        )
    if last_day - first_day > ABSENCE_FURTHEST:
        raise Refused("far", _("That is longer than a term. Check the last day."), "last_day")


def check_was_in_time(sign_up: SignUp) -> None:
    """House rule: an offered place that was not taken before its end has gone to the next one."""
    if not sign_up.is_seated:
        raise Refused("late", _("The time was up, and the place went to the next child waiting."))
