"""How many adults and children a zone takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from after_school.models import Term, Weekday, Zone

EVERY_DAY = 0


class OfAZone(forms.Form):
    zone = forms.ModelChoiceField(label=_("Zone"), queryset=Zone.objects.none(), empty_label=None)

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].queryset = term.zones.select_related("venue", "term")


class NeedForm(OfAZone):
    weekday = forms.TypedChoiceField(
        label=_("On which weekday"),
        choices=[(EVERY_DAY, _("Every day, Monday to Friday")), *Weekday.choices],
        coerce=int,
    )
    adults = forms.IntegerField(label=_("Adults at least"), min_value=1, max_value=50)
    children_per_adult = forms.IntegerField(
        label=_("Children for each adult, at most"), min_value=1, max_value=100
    )

    def weekdays(self) -> list[int]:
        chosen = self.cleaned_data["weekday"]
        return list(Weekday.values) if chosen == EVERY_DAY else [chosen]


class PlacesForm(OfAZone):
    places = forms.IntegerField(
        label=_("Places for children"),
        min_value=1,
        max_value=1000,
        help_text=_("Never fewer than have a place, never more than the room holds."),
    )
