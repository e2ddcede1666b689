"""Who is to lead a group."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.fields import ContactField, NameField
from diedie_edu.people.actions.consents import add_grown_up
from diedie_edu.people.choosing import PersonField
from diedie_edu.people.models import Resident
from happy_square.models import Leadership
from happy_square.queries.leaders import members, successors


class MemberField(PersonField):
    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Resident.objects.none(), **options)

    def label_from_instance(self, obj: Any) -> str:
        return obj.full_name


class SuccessorForm(forms.Form):
    successor = MemberField(
        label=_("Who takes over"),
        help_text=_("Members with an account, for they say yes themselves."),
    )

    def __init__(self, *args: Any, group: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors(group)


class DeputyForm(forms.Form):
    """A leader names a member."""

    part = forms.CharField(widget=forms.HiddenInput, initial=Leadership.Part.DEPUTY)
    member = MemberField(label=_("A member"))

    def __init__(self, *args: Any, group: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members(group)

    def named(self) -> dict[str, Any]:
        """As the action takes it."""
        return {"resident": self.cleaned_data["member"], "part": self.cleaned_data["part"]}


class StaffNamesForm(DeputyForm):
    """Staff name a member or somebody else, with a reason."""

    part = forms.ChoiceField(label=_("As"), choices=Leadership.Part)  # type: ignore[assignment]
    full_name = NameField(label=_("Or somebody else: full name"), required=False)
    phone = ContactField(label=_("Phone"), required=False)
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("Members read it, but of a deputy.")
    )
    field_order = ("part", "member", "full_name", "phone", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].required = False

    def clean(self) -> None:
        told = self.cleaned_data
        if not told.get("member") and not (told.get("full_name") and told.get("phone")):
            text = _("Choose a member, or tell full name and phone.")
            self.add_error("member", ValidationError(text, code="nobody"))

    def named(self) -> dict[str, Any]:
        told = self.cleaned_data
        resident = told["member"] or add_grown_up(full_name=told["full_name"], phone=told["phone"])
        return {"resident": resident, "part": told["part"], "reason": told["reason"]}
