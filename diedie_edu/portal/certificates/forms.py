"""For which days a certificate is asked, and which number is checked."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.characters import LIKE_DIGITS, code_signs
from diedie_edu.common.inputs import DayInput

PARTS = re.compile(r"(DD[XF])([0-9OIL]{4})([0-9OIL]{6,})([2-9A-HJ-NP-Z]{6})")


class PeriodForm(forms.Form):
    """From the first of the year until today, unless other days are wanted."""

    first_day = forms.DateField(label=_("From which day?"), widget=DayInput)
    last_day = forms.DateField(label=_("Until which day?"), widget=DayInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        initial = {"first_day": today.replace(month=1, day=1), "last_day": today}
        super().__init__(*args, initial=initial, **kwargs)  # type: ignore[misc]


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the certificate"),
        max_length=40,
        help_text=_("As it stands on the paper, e.g. DDX-2026-000123-K7M4PQ."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_number(self) -> str:
        """Raises `ValidationError` where no sign of a number is left."""
        found = clean_number(self.cleaned_data["number"])
        if not found:
            raise forms.ValidationError(self.fields["number"].error_messages["required"])
        return found


def clean_number(typed: str) -> str:
    """As it is stored, however it was typed: small letters, full-width signs, dashes of any kind or
    none."""
    signs = code_signs(typed)
    found = PARTS.fullmatch(signs)
    if found is None:
        return signs
    prefix, year, serial, check = found.groups()
    return f"{prefix}-{year.translate(LIKE_DIGITS)}-{serial.translate(LIKE_DIGITS)}-{check}"


class RevokeForm(forms.Form):
    reason = forms.CharField(label=_("Why it is revoked"), max_length=100)
