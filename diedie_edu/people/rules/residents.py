"""Decisions about people's data, pure: who may be stored, and what a birth date can be."""

from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

CHILD_UNDER = 14
OLDEST = 120


def years_old(birth_date: date, today: date) -> int:
    """Full years of age on `today`; whoever was born on 29 February turns on 1 March."""
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday)


@lru_cache(4)  # a page of a hundred children asks for the same day
def last_birth_date_of_grown(today: date) -> date:
    """PIPL art. 31: whoever was born on this day or before is not under 14 any more.

    Full years count from the day after the birthday, so on the 14th birthday itself the
    stricter rule still holds. Civil Code art. 202: where a year has no 29 February, the years of
    somebody born on one are full at the end of the 28th.
    """
    year = today.year - CHILD_UNDER
    try:
        youngest_child = today.replace(year=year)
    except ValueError:  # today is 29 February
        youngest_child = date(year, 3, 1)
    return youngest_child - timedelta(days=1)


def is_child(birth_date: date | None, today: date) -> bool:
    """PIPL art. 31: under 14; where the date is unknown, nobody is taken for a child."""
    return birth_date is not None and birth_date > last_birth_date_of_grown(today)


def check_birth_date(birth_date: date, today: date) -> None:
    """GB 11643 and common sense: born in the past, at most 120 years ago.

    Raises `Refused` (`birth_date_ahead`, `birth_date_too_old`).
    """
    if birth_date > today:
        raise Refused(
            "birth_date_ahead",
            _("This date of birth lies in the future. Check the year."),
            "birth_date",
        )
    if years_old(birth_date, today) > OLDEST:
        raise Refused(
            "birth_date_too_old",
            _("This would make the person over 120 years old. Check the year."),
            "birth_date",
        )


def check_may_be_stored(birth_date: date | None, today: date) -> None:
    """PIPL art. 28, 31; Children's rules 2019 art. 9: a child's data need a guardian's consent.

    The consent comes first and the data second, so no list and no form of staff may bring a
    child in. Raises `Refused` (`guardian_first` and those of `check_birth_date`).
    """
    if birth_date is None:
        return
    check_birth_date(birth_date, today)
    if is_child(birth_date, today):
        raise Refused(
            "guardian_first",
            _(
                "This person is under 14. Take the entry out: the guardian enrols the child "
                "and gives consent, before anything is stored."
            ),
            "birth_date",
        )


def check_may_be_erased(has_live_consent: bool) -> None:
    """PIPL art. 47: a child is locked first, so that its guardians are told. Raises `Refused`
    (`consent_lives`)."""
    if has_live_consent:
        raise Refused(
            "consent_lives",
            _("A consent for this child has not ended. End it first; the data are erased then."),
        )
