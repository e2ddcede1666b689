"""Why something is done to a whole record, and what else must be said."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.fields import ContactField, TypedTextField
from diedie_edu.common.inputs import DayInput
from diedie_edu.people.choosing import PeopleField
from diedie_edu.people.models import Household, Resident


class ReasonField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Why"),
            max_length=200,
            help_text=_("It stays in the log of this record, with your name."),
        )


class ReasonForm(forms.Form):
    reason = ReasonField()


class DepartureForm(forms.Form):
    departure = forms.ChoiceField(
        label=pgettext_lazy("to a resident", "What has happened"),
        choices=Resident.Departure.choices,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=pgettext_lazy("a resident is gone", "Since"),
        widget=DayInput,
        initial=lambda: local_day(local_now()),
    )
    reason = ReasonField()


class PartingForm(forms.Form):
    members = PeopleField(
        label=_("Who leaves the household"),
        queryset=Resident.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    label = TypedTextField(
        label=_("Their new household"), max_length=50, help_text=_("e.g. 12-3-501")
    )
    address = forms.CharField(label=_("home address"), max_length=200, required=False)
    phone = ContactField(label=_("household phone"), required=False)
    reason = ReasonField()

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members: Any = self.fields["members"]
        members.queryset = household.members.order_by("sort_key", "pk")

    def new_household(self) -> Household:
        told = {name: self.cleaned_data[name] for name in ("label", "address", "phone")}
        return Household(**told)
