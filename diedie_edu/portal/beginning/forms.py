"""Rooms on the first day: what is asked of each, and when they are open."""

from datetime import time
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.rules import check_receives_codes
from diedie_edu.common import refusals
from diedie_edu.common.days import WEEKDAYS
from diedie_edu.common.fields import NameField, PhoneField
from diedie_edu.common.inputs import ClockInput
from diedie_edu.venues.models import Venue


class RoomForm(forms.ModelForm):
    """One more room. All else about it stands on its page in the admin site."""

    places = forms.IntegerField(label=_("How many people it holds"), min_value=1)

    class Meta:
        model = Venue
        fields = ("title_zh", "title_en", "places", "address")


class RoomHoursForm(forms.Form):
    """Hours of the rooms that have none yet: on which days, from when until when."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"),
        choices=list(enumerate(WEEKDAYS, start=1)),
        coerce=int,
        initial=list(range(1, 8)),
        widget=forms.CheckboxSelectMultiple,
    )
    opens = forms.TimeField(label=_("Opens at"), widget=ClockInput, initial=time(8))
    closes = forms.TimeField(label=_("Closes at"), widget=ClockInput, initial=time(21))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"opens", "closes"} <= given.keys() and given["opens"] >= given["closes"]:
            raise ValidationError(_("It closes after it opens."), code="ends_early")
        return given


class AdministratorForm(forms.Form):
    """The first account. Without a password it signs in by a code, and chooses one then."""

    phone = PhoneField(label=_("Mobile phone number"))
    display_name = NameField(label=_("Name"))
    password = forms.CharField(
        label=_("Password"), required=False, strip=False, widget=forms.PasswordInput
    )

    def clean_phone(self) -> str:
        with refusals.as_error():
            check_receives_codes(self.cleaned_data["phone"])
        return self.cleaned_data["phone"]

    def clean_password(self) -> str:
        if password := self.cleaned_data["password"]:
            validate_password(password)
        return password
