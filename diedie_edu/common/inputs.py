"""Inputs for a day and a time of day that phones have a keypad of their own for, and what no form
takes: it could not be counted with."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import is_of_our_times

MOST = 10**18  # a number of the database ends just above


def check_is_of_our_times(day: date) -> None:
    if not is_of_our_times(day):
        raise ValidationError(_("Please look at the year again."), code="year")


def check_can_be_kept(number: float) -> None:
    if not -MOST < number < MOST:
        raise ValidationError(_("This number is far too large."), code="number")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")
