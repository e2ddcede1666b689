"""Closing a day."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.rules import schedule
from diedie_edu.common.errors import Refused


class DayToCloseForm(forms.Form):
    """Which day; what it comes to is shown before anything happens."""

    day = forms.DateField(
        label=_("Which day is closed?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        try:
            schedule.check_can_be_closed(day, self.today)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return day


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=60,
        help_text=_("Everybody concerned reads it, e.g. “Typhoon warning”."),
    )
