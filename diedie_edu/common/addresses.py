"""Addresses: parts that Django does not know, and those of many rows."""

from functools import cache
from typing import Any

from django.urls import reverse
from django.urls.converters import IntConverter

from diedie_edu.common.days import OUR_TIMES


class YearConverter(IntConverter):
    def to_python(self, value: str) -> int:
        """Raises `ValueError`, so that the address is none of ours."""
        year = super().to_python(value)
        if year not in OUR_TIMES:
            raise ValueError(value)
        return year


class PersonNumber(int):
    """The number of somebody of the register, so that a refused page knows whom it was about."""


class PersonConverter(IntConverter):
    def to_python(self, value: Any) -> PersonNumber:
        return PersonNumber(super().to_python(value))


SOME_NUMBER = 900_000_000_000_000_001


def address_of(name: str, number: int) -> str:
    """As `reverse(name, args=[number])`, which works out anew for each row of a list what is the
    same for all of them."""
    before, after = _around_a_number(name)
    return f"{before}{number}{after}"


@cache
def _around_a_number(name: str) -> tuple[str, str]:
    before, _number, after = reverse(name, args=[SOME_NUMBER]).partition(str(SOME_NUMBER))
    return before, after
