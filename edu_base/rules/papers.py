"""Numbers of identity papers: checked by their check character, compared by a key, shown covered.

GB 11643 alone, without a table of area codes: people moved before the codes were renamed, the
permits of residents of Hong Kong, Macau and Taiwan begin with 81, 82 and 83, and in a foreigner's
card of 2023 those digits are no area at all. No library takes them all.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.characters import plain
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.errors import Refused
from diedie_edu.common.id_numbers import check_character
from diedie_edu.common.typed import means_nothing
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import check_birth_date
from edu_base.models import PaperKind

LENGTH, LONGEST = 18, 40
PURPOSE = "identity paper"


def clean_number(kind: str, text: str, today: date) -> str:
    """A number as it is kept: without spaces, in capitals.

    Raises `Refused` (`paper_empty`, `paper_long`; of GB 11643 `paper_length`, `paper_digits`,
    `paper_check`, `paper_date`); the message never repeats what was typed.
    """
    typed = plain(text or "").upper()
    number = "".join(sign for sign in typed if sign.isalnum() or sign in "-()/")
    if means_nothing(number):
        raise _refused("paper_empty", _("Enter the number of the paper."))
    if kind == PaperKind.OTHER:
        if len(number) > LONGEST:
            raise _refused("paper_long", _("This is too long for the number of a paper."))
        return number
    check_gb11643(number, today)
    return number


def check_gb11643(number: str, today: date) -> None:
    """GB 11643: seventeen digits and their check character, with a real date of birth inside.

    Raises `Refused` (`paper_length`, `paper_digits`, `paper_check`, `paper_date`).
    """
    if len(number) != LENGTH:
        raise _refused("paper_length", _("This number has 18 characters. Please count again."))
    body = number[:-1]
    if not (body.isascii() and body.isdecimal()):
        raise _refused("paper_digits", _("The first 17 characters are digits. Please look again."))
    if check_character(body) != number[-1]:
        text = _("This number cannot be right: its last character does not fit. Please look again.")
        raise _refused("paper_check", text)
    try:
        check_birth_date(birth_date_in(number), today)
    except (ValueError, Refused):
        text = _("The date of birth in this number does not exist. Please look again.")
        raise _refused("paper_date", text) from None


def birth_date_in(number: str) -> date:
    """Digits 7 to 14. Raises `ValueError` for a date that does not exist."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def gender_in(kind: str, number: str) -> str:
    """GB 11643: the 17th digit is odd for men. Of other papers it says nothing."""
    if kind not in (PaperKind.CITIZEN, PaperKind.PERMIT):
        return ""
    return Resident.Gender.MALE if int(number[16]) % 2 else Resident.Gender.FEMALE


def check_is_of(kind: str, number: str, birth_date: date | None) -> None:
    """House rule: the number is this person's. Raises `Refused` (`other_birth_date`)."""
    if kind != PaperKind.OTHER and birth_date and birth_date_in(number) != birth_date:
        text = _("The date of birth in this number is another one than you have told.")
        raise _refused("other_birth_date", text)


def key_of(number: str) -> str:
    """What equal papers have in common; the kind does not matter, for people choose the wrong one,
    and neither do the signs between letters and digits."""
    return keyed_hash("".join(filter(str.isalnum, number)), PURPOSE)


def covered_number(number: str) -> str:
    """As staff and the applicant see it: 440***********1027; of a short one its last two signs."""
    if len(number) < LENGTH:
        return "*" * (len(number) - 2) + number[-2:] if number else ""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def _refused(code: str, text: object) -> Refused:
    return Refused(code, text, "number")  # type: ignore[arg-type]
