"""A room for a programme that comes first in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.common.inputs import ClockInput, DayInput
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.displacing import can_claim


class ClaimForm(forms.Form):
    """Which programme, what for, where and when; `wanted()` is what the action takes."""

    programme = forms.ModelChoiceField(
        label=_("Which programme"), queryset=Programme.objects.none()
    )
    purpose = forms.CharField(label=_("What for"), max_length=80)
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=Venue.objects.filter(is_open=True))
    day = forms.DateField(label=_("Day"), widget=DayInput)
    starts = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    ends = forms.TimeField(label=_("Ends at"), widget=ClockInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Programme.objects.all()
        able = [row.pk for row in rows if can_claim(user, row.slug)]
        self.fields["programme"].queryset = rows.filter(pk__in=able)

    def wanted(self) -> Booking:
        cleaned = self.cleaned_data
        return Booking(
            venue=cleaned["venue"],
            programme=cleaned["programme"],
            purpose=cleaned["purpose"],
            starts_at=moment(cleaned["day"], cleaned["starts"]),
            ends_at=moment(cleaned["day"], cleaned["ends"]),
        )


class ReasonForm(forms.Form):
    """Why others have to give way; they read it."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Everybody concerned reads it.")
    )
