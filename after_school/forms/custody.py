"""Who answers for a child from now on, typed in from a paper."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from after_school.actions.custody import Custody, NewGuardian
from after_school.forms.families import RightField, RightsField, rights_of
from after_school.models import GuardianRight
from diedie_edu.common.edit_forms import CHANGED
from diedie_edu.common.fields import ContactField, NameField
from diedie_edu.people.actions.consents import Agreement
from diedie_edu.people.models import Consent, ConsentText, Guardianship, Resident


class CustodyForm(forms.Form):
    """`custody()` is what the action takes. `shown` is what the page said when it was opened: an
    old page changes nothing."""

    paper_reference = forms.CharField(
        label=_("Where a copy of the paper lies"),
        max_length=60,
        help_text=_("e.g. “Cupboard 3, folder 2026-2, no. 17”"),
    )
    reason = forms.CharField(label=_("What it says, and why"), max_length=200)
    leaving = RightsField(
        label=_("Who answers for the child no more"),
        queryset=GuardianRight.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("They are barred, and all that they gave ends: passes, people, permissions."),
    )
    first = RightField(
        label=_("Who decides from now on"),
        queryset=GuardianRight.objects.none(),
        widget=forms.RadioSelect,
        empty_label=_("the new guardian below"),
        required=False,
    )
    other_decides = forms.BooleanField(label=_("The other guardian decides too"), required=False)
    has_signed = forms.BooleanField(
        label=_("Whoever decides has signed the consent on paper, in its present version."),
        required=False,
    )
    full_name = NameField(label=_("The new guardian's name"), required=False)
    phone = ContactField(label=_("The new guardian's phone"), required=False)
    relation = forms.ChoiceField(
        label=_("The new guardian is the child's"), choices=Guardianship.Relation.choices
    )
    is_seen = forms.BooleanField(
        label=_("The new guardian stands before me, and I have seen an identity card."),
        required=False,
    )
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, child: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rights = rights_of(child)
        self.fields["leaving"].queryset = self.fields["first"].queryset = rights
        self.fields["shown"].initial = self.now = _words(rights)
        self.fields["relation"].required = False

    def clean_shown(self) -> str:
        if self.cleaned_data["shown"] != self.now:
            raise ValidationError(CHANGED, code="changed")
        return self.now

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("full_name"):
            for name in ("phone", "relation", "is_seen"):
                if name not in self.errors and not told.get(name):
                    self.add_error(name, self.fields[name].default_error_messages["required"])
        return told

    def custody(self, text: ConsentText | None) -> Custody:
        """`text` is the consent in force, which the paper was signed under."""
        told = self.cleaned_data
        agreement = None
        if text and told["has_signed"]:
            agreement = Agreement(text, Consent.Way.PAPER, told["paper_reference"])
        new = (
            NewGuardian(name, told["phone"], told["relation"])
            if (name := told["full_name"])
            else None
        )
        names = ("paper_reference", "reason", "leaving", "first", "other_decides")
        return Custody(
            **{name: told[name] for name in names},
            new=new,
            agreement=agreement,
        )


def _words(rights: Iterable[GuardianRight]) -> str:
    return " ".join(f"{right.pk}.{right.place}.{right.decides}" for right in rights)
