"""What a kiosk answers to digits and letters."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Resident

FEWEST_DIGITS = 4
FEWEST_LETTERS = 2  # initials of 陈城


def check_enough_digits(digits: str) -> None:
    """House rule: fewer digits would mean too many people."""
    if len(digits) < FEWEST_DIGITS:
        raise Refused(
            "few_digits",
            _("Please type at least the last four digits of your phone number."),
        )


def check_enough_letters(letters: str) -> None:
    """House rule: one letter would show half the hall."""
    if len(letters) < FEWEST_LETTERS:
        raise Refused(
            "few_letters",
            _("Please type the first letters of your name in pinyin, at least two."),
        )


def check_not_tried_out(is_used_up: bool) -> None:
    """House rule: after KIOSK_MISSES numbers in vain a kiosk pauses, so that none are tried out."""
    if is_used_up:
        raise Refused("too_many", _("Please come to our staff; they are glad to help."))


def check_somebody_is_meant(people: Collection[Resident]) -> None:
    """House rule: only those with a seat check in by themselves."""
    if not people:
        raise Refused("unknown", _("We do not find you on the list. Try again, or ask our staff."))
