"""Closing a day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.rules import schedule
from diedie_edu.common import refusals
from diedie_edu.common.inputs import DayInput


class DayToCloseForm(forms.Form):
    """Which day; what it comes to is shown before anything happens."""

    day = forms.DateField(
        label=_("Which day is closed?"),
        widget=DayInput,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        with refusals.as_error():
            schedule.check_can_be_closed(self.cleaned_data["day"], self.today)
        return self.cleaned_data["day"]


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=60,
        help_text=_("Everybody concerned reads it, e.g. “Typhoon warning”."),
    )
