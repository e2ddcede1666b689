"""Phone numbers as people in China write them, kept in one canonical form.

Mobile: eleven digits, "13812345678"; it alone has text messages and can be an account's. Numbers
that one calls: a landline, "0757-81234567", with an extension behind it, "0757-81234567-801";
service numbers, "400-123-4567"; Hong Kong, Macau and Taiwan, "+852-61234567"; and of an
organisation a short number, "95588", "12345".
"""

import re

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.characters import plain
from diedie_edu.common.errors import Refused

KEY_VERSION = 1
LONGEST = 20  # what a column of a phone holds

# Spaces, dashes, brackets and dots that people put between groups of digits.
_DASH = r"\-‐‑‒–—―−─━"
_BETWEEN = re.compile(rf"[\s{_DASH}.。·•・‧()\[\]_]+")
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-8]\d{6,7})")
_LOCAL_NUMBER = re.compile(r"[2-8]\d{6,7}")
_SERVICE = re.compile(r"([48]00)(\d{3})(\d{4})")
_SHORT = re.compile(r"1[12]\d|1[012]\d{3}|9[56]\d{3,6}")
_SHORT_OF_A_TOWN = re.compile(rf"(010|02\d|0[3-9]\d{{2}})({_SHORT.pattern})")
# Plans of Hong Kong, Macau and Taiwan: what stands behind +852, +853 and +886.
_BEYOND = re.compile(
    r"(?:\+|00)?(?:(852)([2-9]\d{7})|(853)((?:28|6\d|8\d)\d{6})|(886)0?(9\d{8}|[2-8]\d{7,8}))"
)

# 转801, 分机 801, ext. 801, *801; a dash alone means it behind a whole number: 81234567-801.
_SAID_EXTENSION = re.compile(
    r"(.*?)[\s(,]*(?:转接?|轉接?|分机号?|分機號?|内线|內線|extension|extn?|[x*#])+"
    r"[\s.:-]*(\d{1,6})\s*\)?",
    re.IGNORECASE,
)
_AFTER_A_COMMA = re.compile(r"(.*\d)\s*,\s*(\d{3,6})")
_AFTER_A_WHOLE_NUMBER = re.compile(rf"(.*(?<!\d)[2-8]\d{{6,7}})\s*[{_DASH}]+\s*(\d{{1,6}})")
_AFTER_THE_LAST_DASH = re.compile(rf"(.*)[{_DASH}]\s*(\d{{1,6}})")
_WITH_EXTENSION = re.compile(r"(0\d{2,3}-\d{7,8}|[48]00-\d{3}-\d{4})-(\d{1,6})")


def normalise_phone(text: str, *, of_organisation: bool = False) -> str:
    """The canonical form of a number that one can call; an organisation may have a short one.

    Raises `Refused` (`phone_empty`, `phone_area_code`, `phone_invalid`); the message never
    repeats what was typed.
    """
    typed = plain(text or "").strip()
    if not _BETWEEN.sub("", typed):
        raise Refused("phone_empty", _("Enter a phone number."), "phone")
    if found := _number(typed, of_organisation) or _with_extension(typed):
        return found
    said = _SAID_EXTENSION.fullmatch(typed)
    if _LOCAL_NUMBER.fullmatch(_BETWEEN.sub("", said[1] if said else typed)):
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


def _number(typed: str, of_organisation: bool = False) -> str:
    """Its canonical form without an extension; empty where it is none."""
    if _AFTER_A_WHOLE_NUMBER.fullmatch(typed) and _with_extension(typed):
        return ""
    bare = _BETWEEN.sub("", typed)
    digits = _COUNTRY.sub("", bare)
    if _MOBILE.fullmatch(digits):
        return digits
    if digits == bare and (found := _BEYOND.fullmatch(digits)):
        country, number = filter(None, found.groups())
        return f"+{country}-{number}"
    if digits != bare and not digits.startswith(("0", "400", "800")):
        digits = f"0{digits}"  # behind +86 the area code stands without its zero
    if found := _LANDLINE.fullmatch(digits):
        return f"{found[1]}-{found[2]}"
    if found := _SERVICE.fullmatch(digits):
        return "-".join(found.groups())
    return _short(digits) if of_organisation else ""


def _short(digits: str) -> str:
    if found := _SHORT_OF_A_TOWN.fullmatch(digits):
        return f"{found[1]}-{found[2]}"
    return digits if _SHORT.fullmatch(digits) else ""


def _with_extension(typed: str) -> str:
    """Only what a switchboard answers has one: a landline or a service number."""
    for way in (_SAID_EXTENSION, _AFTER_A_COMMA, _AFTER_A_WHOLE_NUMBER, _AFTER_THE_LAST_DASH):
        if found := way.fullmatch(typed):
            number = f"{_number(found[1])}-{found[2]}"
            if _WITH_EXTENSION.fullmatch(number):
                return number
    return ""


def phone_key(text: str) -> str:
    """What two ways to write one number have in common: "1:13812345678" for +86 138-1234-5678, too;
    empty without a digit. The version stands in front, as in `names.name_key`."""
    digits = digits_of(text)
    return f"{KEY_VERSION}:{digits}" if digits else ""


def digits_of(text: str) -> str:
    """The digits of a number, or of a part of one, however typed; of a whole one without +86."""
    try:
        number = normalise_phone(text, of_organisation=True)
    except Refused:
        number = plain(text or "")
    return "".join(filter(str.isdecimal, number))


def is_phone(text: str) -> bool:
    """Whether it is a whole number that one can call."""
    try:
        normalise_phone(text)
    except Refused:
        return False
    return True


def is_mobile(phone: str) -> bool:
    """Whether a canonical number can receive text messages of ours: mobiles of the mainland."""
    return bool(_MOBILE.fullmatch(phone))


def without_extension(phone: str) -> str:
    """Of a canonical number: 0757-81234567 of 0757-81234567-801."""
    found = _WITH_EXTENSION.fullmatch(phone)
    return found[1] if found else phone


def dialled(phone: str) -> str:
    """A canonical number as a link dials it: the extension is dialled after a pause."""
    if found := _WITH_EXTENSION.fullmatch(phone):
        return f"{found[1]},{found[2]}"
    return phone.replace("-", "") if phone.startswith("+") else phone


def masked(phone: str) -> str:
    """A canonical number as it may be shown to others: 138****5678, 0757-****4567, +852-****5678,
    400-****4567; of an extension nothing, of a short number nothing."""
    if is_mobile(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    whole = without_extension(phone)
    place, dash, number = whole.partition("-")
    if not dash:
        return "****"
    last = number[-4:] if len(number) > len("12345") else ""
    return f"{place}-****{last}{'-**' if whole != phone else ''}"
