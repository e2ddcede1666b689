"""Numbers of identity cards (GB 11643): their check, and finding them in what somebody typed."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
_TYPED = re.compile(
    r"(?<![0-9])[0-9](?:[ \u00a0\-–—]?[0-9]){16}[ \u00a0\-–—]?[0-9X](?![0-9])", re.I
)
_WIDE = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF38: 0x58, 0xFF58: 0x78}
# As a spreadsheet keeps it that took it for a number: the first fifteen digits, or all in a text.
_AS_NUMBER = range(10**17, 10**18)


def check_character(body: str) -> str:
    """Of seventeen digits."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return CHECKS[total % 11]


def places_in(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand in a text that can be right: their check character fits, and a day of
    birth stands in them."""
    for found in _TYPED.finditer(text.translate(_WIDE)):
        number = "".join(filter(str.isalnum, found[0])).upper()
        if check_character(number[:-1]) == number[-1] and _has_a_day(number):
            yield found.span()


def without_numbers(text: str) -> str:
    """The text without the numbers in it."""
    kept, end = "", 0
    for first, last in places_in(text):
        kept, end = kept + text[end:first], last
    return kept + text[end:]


def is_number(value: float) -> bool:
    """Whether a number is one, as far as its digits are left."""
    return value == value and int(value) in _AS_NUMBER and _has_a_day(str(int(value)))


def means_number(title: str) -> bool:
    """Whether a column's title says that such numbers, or those of other papers, stand in it."""
    plain = "".join(unicodedata.normalize("NFKC", title).casefold().split())
    return bool(NAMED.search(plain))


NAMED = re.compile(
    "身份证|身分证|身份號|身份号|身份号码|公民身份|证件号|证件编号|证号|学籍号|学籍编号|学籍辅号|护照|通行证|社保号|社保卡"
    "|社会保障号|医保号|医保卡|idnumber|idcard|idno|identitynumber|passport"
)


def _has_a_day(number: str) -> bool:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2100
