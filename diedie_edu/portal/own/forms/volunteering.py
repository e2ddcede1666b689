"""What somebody tells who wants to serve."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.people.forms import ServiceForm
from diedie_edu.people.models import VolunteerKind


class WishToServeForm(ServiceForm):
    """The same that volunteers keep themselves, and as what they want to serve."""

    kinds = forms.MultipleChoiceField(
        label=_("As what"),
        choices=VolunteerKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Speakers are expert volunteers or of the lecturers' team."),
    )
    field_order = ["kinds", "topics", "free_times", "introduction"]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kinds", "introduction", "free_times")}
