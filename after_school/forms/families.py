"""What staff write down for a family, beside the form that its guardian would fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from after_school.actions.deciding import OnBehalf
from after_school.models import GuardianRight
from diedie_edu.accounts.models import User
from diedie_edu.people.choosing import PeopleField, PersonField
from diedie_edu.people.models import Resident


class GuardianNamed:
    """A choice among rights, by the name of whose they are."""

    who = "guardian"

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.guardian.full_name} ({obj.get_place_display()})"


class RightsField(GuardianNamed, PeopleField):
    pass


class RightField(GuardianNamed, PersonField):
    pass


def rights_of(child: Resident) -> Any:
    return GuardianRight.objects.filter(child=child).select_related("guardian")


class AskedForm(forms.Form):
    """Who asks for it, and why: the line of the log. Not `by_guardian`: staff may act alone."""

    prefix = "asked"
    asked_by = RightField(
        label=_("Which guardian asks for it"),
        queryset=GuardianRight.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = forms.CharField(
        label=_("How they asked, and why"),
        max_length=200,
        help_text=_("e.g. “Called back on her number; grandmother is in hospital”"),
    )

    def __init__(self, *args: Any, child: Resident, by_guardian: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["asked_by"]
        field.queryset, field.required = rights_of(child), by_guardian

    def on_behalf(self, staff: User) -> OnBehalf:
        right = self.cleaned_data["asked_by"]
        return OnBehalf(staff, right and right.guardian, self.cleaned_data["reason"])
