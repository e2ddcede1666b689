"""Who stands in a list of earlier students."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from edu_base.models.states import STUDENTS, Scheme


def check_is_student(state: str) -> None:
    """House rule: only whoever has begun to study. Raises `Refused` (`no_student`)."""
    if state not in STUDENTS:
        raise Refused("no_student", _("Only students stand in this list."), "state")


def check_is_earlier(year: int, today: date) -> None:
    """House rule: whoever begins this year or later comes by an application, along the whole chain.
    Raises `Refused` (`not_earlier`)."""
    if year >= today.year:
        text = _("Only students of earlier years come by this list; those of this year apply.")
        raise Refused("not_earlier", text, "year")


def check_has_household(scheme: str, is_told: bool) -> None:
    """Plan 六(一)1: one student of a household, those of earlier years counted. Raises `Refused`
    (`no_household`)."""
    if scheme == Scheme.HOUSEHOLDS and not is_told:
        text = _("Give the number of the household register, or head of household and address.")
        raise Refused("no_household", text, "head")
