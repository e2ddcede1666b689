"""Asking for a room, and changing what was asked."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import ClockInput, DayInput
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions.requests import Wish
from diedie_edu.venues.models import RoomRequest, Venue
from diedie_edu.venues.queries.requests import PARTNER, askers
from diedie_edu.venues.rules.requests import LONGEST, RoomPlan

WORDS = ("purpose", "people", "note")


class RoomRequestForm(forms.ModelForm):
    """For whom, what for, where and when; `wish()` and `plan()` are what the actions take."""

    whose = forms.ChoiceField(label=_("Who uses the room"))
    organisation = forms.ModelChoiceField(
        label=_("Which partner"),
        queryset=Organisation.objects.all(),
        required=False,
        help_text=_("Only where a partner uses it."),
    )
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=Venue.objects.filter(is_open=True))
    day = forms.DateField(label=_("Day"), widget=DayInput)
    starts = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    ends = forms.TimeField(label=_("Ends at"), widget=ClockInput)
    weeks = forms.IntegerField(
        label=_("How many weeks in a row"),
        min_value=1,
        max_value=LONGEST,
        initial=1,
        help_text=_("1: only once. Otherwise on the same weekday of so many weeks."),
    )
    with_music = forms.BooleanField(label=_("With music"), required=False)

    class Meta:
        model = RoomRequest
        fields = WORDS
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}

    field_order = [
        *("whose", "organisation", "purpose", "people", "venue"),
        *("day", "starts", "ends", "weeks", "with_music", "note"),
    ]

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.askers = now, {asker.key: asker for asker in askers(user)}
        self.fields["whose"].choices = [(row.key, row.title) for row in self.askers.values()]
        if PARTNER not in self.askers:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("whose") == PARTNER and not cleaned.get("organisation"):
            self.add_error("organisation", _("Please choose the partner."))
        return cleaned

    def wish(self) -> Wish:
        cleaned, asker = self.cleaned_data, self.askers[self.cleaned_data["whose"]]
        partner = cleaned.get("organisation") if asker.key == PARTNER else None
        return Wish(
            whose=str(partner or asker.title),
            programme=None if partner else Programme.objects.get(slug=asker.programme),
            organisation=partner,
            asker=asker.key,
            **{name: cleaned[name] for name in WORDS},
        )

    def plan(self) -> RoomPlan:
        names = ("venue", "day", "starts", "ends", "weeks", "with_music", "people")
        return RoomPlan(**{name: self.cleaned_data[name] for name in names})


class RequestChangeForm(EditModelForm):
    """What a request is for; its dates are changed one by one, or shifted."""

    class Meta:
        model = RoomRequest
        fields = WORDS
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}


class ShiftForm(forms.Form):
    """All its dates, earlier or later."""

    EARLIER, LATER = "earlier", "later"
    way = forms.ChoiceField(
        label=_("Which way"), choices=[(LATER, _("later")), (EARLIER, _("earlier"))]
    )
    days = forms.IntegerField(label=_("By how many days"), min_value=1, max_value=182, initial=7)

    def shift(self) -> int:
        """Days, below zero where it is earlier."""
        days = self.cleaned_data["days"]
        return -days if self.cleaned_data["way"] == self.EARLIER else days
