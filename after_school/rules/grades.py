"""Grades as schools and families write them, in one form: 3年级, 小三 and 三年级 are one."""

import re
import unicodedata

NUMBERS = "一二三四五六七八九"
_DIGITS = {str(number): sign for number, sign in enumerate(NUMBERS, 1)}
_SIGNS = f"[1-9{NUMBERS}]"
_GRADE = re.compile(rf"(?:小学)?(?P<number>{_SIGNS})年?级?|小(?P<primary>{_SIGNS})")
_LATER = re.compile(r"(?P<stage>初|高)中?(?P<number>[1-3一二三])(?:年级)?")
_JUNIOR_BEGINS = 7


def clean_grade(text: str) -> str:
    """House rule: 一年级 to 九年级 by number (初一 is 七年级), then 高一 to 高三; else as it
    is written."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if found := _GRADE.fullmatch(plain):
        return f"{_sign(found['number'] or found['primary'])}年级"
    if found := _LATER.fullmatch(plain):
        sign = _sign(found["number"])
        is_junior = found["stage"] == "初"
        return (
            f"{NUMBERS[_JUNIOR_BEGINS - 1 + NUMBERS.index(sign)]}年级" if is_junior else f"高{sign}"
        )
    return text


def _sign(number: str) -> str:
    return _DIGITS.get(number, number)
