"""Phone numbers as people in China write them, kept in one canonical form.

Mobile: eleven digits, "13812345678". Landline: area code, dash, number, "0757-81234567".
"""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused

KEY_VERSION = 1

# Spaces, dashes, brackets and dots that people put between groups of digits, and the
# invisible direction marks that come along when a number is copied from a phone's contacts.
_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−.·()\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-8]\d{6,7})")
_LOCAL_NUMBER = re.compile(r"[2-8]\d{6,7}")


def normalise_phone(text: str) -> str:
    """The canonical form of a mobile or landline number.

    Raises `Refused` (`phone_empty`, `phone_area_code`, `phone_invalid`); the message never
    repeats what was typed.
    """
    typed = _BETWEEN.sub("", unicodedata.normalize("NFKC", text or ""))
    if not typed:
        raise Refused("phone_empty", _("Enter a phone number."), "phone")
    digits = _COUNTRY.sub("", typed)
    if _MOBILE.fullmatch(digits):
        return digits
    return _normalise_landline(digits, dialled_from_abroad=digits != typed)


def _normalise_landline(digits: str, *, dialled_from_abroad: bool) -> str:
    """Behind +86 the area code stands without its zero: +86 757 8123 4567."""
    if dialled_from_abroad and not digits.startswith("0"):
        digits = f"0{digits}"
    if found := _LANDLINE.fullmatch(digits):
        return f"{found[1]}-{found[2]}"
    if _LOCAL_NUMBER.fullmatch(digits):
        raise Refused(
            "phone_area_code",
            _("Put the area code in front of a landline number, for example 0757-81234567."),
            "phone",
        )
    raise Refused(
        "phone_invalid",
        _(
            "This is not a phone number. Enter the 11 digits of a mobile, for example "
            "13800138000, or a landline with its area code, for example 0757-81234567."
        ),
        "phone",
    )


def phone_key(text: str) -> str:
    """What two ways to write one number have in common: "1:13812345678" for +86 138-1234-5678, too;
    empty without a digit. The version stands in front, as in `names.name_key`."""
    try:
        number = normalise_phone(text)
    except Refused:
        number = unicodedata.normalize("NFKC", text)
    digits = "".join(filter(str.isdecimal, number))
    return f"{KEY_VERSION}:{digits}" if digits else ""


def is_mobile(phone: str) -> bool:
    """Whether a canonical number can receive text messages."""
    return bool(_MOBILE.fullmatch(phone))


def masked(phone: str) -> str:
    """A canonical number as it may be shown to others: 138****5678, 0757-****4567."""
    if is_mobile(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    area_code, dash, _number = phone.rpartition("-")
    return f"{area_code}{dash}****{phone[-4:]}" if dash else "****"
