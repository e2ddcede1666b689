"""Parts of an address that Django does not know."""

from typing import Any

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
