"""How age is counted here, once for each purpose.

Classes count full years from the birthday itself, on the class's own day (`conditions`); a guardian
acts until the 18th birthday, which no longer counts; a child under 14 stays one on its 14th
birthday (PIPL art. 31, `people.rules.residents`). Born on 29 February, one turns on 1 March.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.people.rules.residents import check_birth_date, is_child, years_old

OF_AGE = 18


def is_minor(birth_date: date | None, today: date) -> bool:
    """Law (Civil Code art. 17): under 18; where the date is unknown, nobody is taken for one."""
    return birth_date is not None and years_old(birth_date, today) < OF_AGE


def birthday(birth_date: date, age: int) -> date:
    """The day on which somebody turns so old."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:  # 29 February, in a year without one
        return date(birth_date.year + age, 3, 1)


def check_may_apply(birth_date: date, today: date) -> None:
    """PIPL art. 31: of a child under 14 nothing is stored here. Raises `Refused`
    (`under_14`, `birth_date_ahead`, `birth_date_too_old`)."""
    check_birth_date(birth_date, today)
    if is_child(birth_date, today):
        text = _("Whoever is under 14 cannot apply yet. Please ask us which school comes first.")
        raise Refused("under_14", text, "birth_date")
