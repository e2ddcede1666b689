"""How many adults and children a zone takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from after_school.models import StaffNeed, Term, Weekday, Zone
from after_school.queries import roster
from diedie_edu.common.edit_forms import EditForm

EVERY_DAY = 0


class OfAZone(forms.Form):
    zone = forms.ModelChoiceField(label=_("Zone"), queryset=Zone.objects.none(), empty_label=None)

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].queryset = term.zones.select_related("venue", "term")


class NeedForm(EditForm, OfAZone):
    """Which needs it changes, the form itself says: those of its zone and weekday."""

    weekday = forms.TypedChoiceField(
        label=_("On which weekday"),
        choices=[(EVERY_DAY, _("Every day, Monday to Friday")), *Weekday.choices],
        coerce=int,
    )
    adults = forms.IntegerField(label=_("Adults at least"), min_value=1, max_value=50)
    children_per_adult = forms.IntegerField(
        label=_("Children for each adult, at most"), min_value=1, max_value=100
    )

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, rows=[term], term=term, **kwargs)

    def weekdays(self) -> list[int]:
        chosen = self.cleaned_data["weekday"]
        return list(Weekday.values) if chosen == EVERY_DAY else [chosen]

    def stored(self) -> dict[str, Any]:
        return {
            name: _value(need.adults, need.children_per_adult)
            for name, need in self._needs().items()
        }

    def label_of(self, name: str) -> str:
        return str(self._needs()[name])

    def _needs(self) -> dict[str, StaffNeed]:
        needs = roster.needs_of(self.rows[0])
        return {_key(need.zone_id, need.weekday): need for need in needs}

    def typed(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.keys() >= {"zone", "weekday", "adults", "children_per_adult"}:
            return {}
        value = _value(given["adults"], given["children_per_adult"])
        return {_key(given["zone"].pk, day): value for day in self.weekdays()}


def _key(zone: int, weekday: int) -> str:
    return f"{zone}-{weekday}"


def _value(adults: int, children_per_adult: int) -> str:
    return f"{adults} · 1:{children_per_adult}"


class PlacesForm(OfAZone):
    places = forms.IntegerField(
        label=_("Places for children"),
        min_value=1,
        max_value=1000,
        help_text=_("Never fewer than have a place, never more than the room holds."),
    )
