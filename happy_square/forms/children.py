"""Which child joins, and by whose yes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import refusals
from diedie_edu.common.fields import ContactField, NameField
from diedie_edu.common.inputs import DayInput
from diedie_edu.people.models import Guardianship, Resident
from happy_square.actions.children import NewChild
from happy_square.rules.children import check_is_a_child

ANOTHER = "new"
TOLD = ("full_name", "birth_date", "relation")


class ChildForm(forms.Form):
    """One of the guardian's children, or another one."""

    child = forms.ChoiceField(label=_("Which child"), widget=forms.RadioSelect)
    full_name = NameField(label=_("The child's name"), required=False)
    birth_date = forms.DateField(label=_("Date of birth"), widget=DayInput, required=False)
    relation = forms.ChoiceField(
        label=_("You are the child's"),
        choices=[("", _("please choose")), *Guardianship.Relation.choices],
        required=False,
    )
    agreed = forms.BooleanField(
        label=_("I am the guardian, I have read the text above, and I agree.")
    )

    def __init__(self, *args: Any, children: list[Resident], today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children, self.today = {str(row.pk): row for row in children}, today
        known = [(key, row.full_name) for key, row in self.children.items()]
        self.fields["child"].choices = [*known, (ANOTHER, _("Another child"))]
        if not known:
            self.fields["child"].widget = forms.HiddenInput()
            self.fields["child"].initial = ANOTHER

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("child") != ANOTHER:
            return
        for name in TOLD:
            if not told.get(name) and name not in self.errors:
                text = self.fields[name].error_messages["required"]
                self.add_error(name, ValidationError(text, code="required"))
        if told.get("birth_date"):
            with refusals.in_form(self):
                check_is_a_child(told["birth_date"], self.today)

    def chosen(self) -> Resident | NewChild:
        told = self.cleaned_data
        if told["child"] == ANOTHER:
            return NewChild(**{name: told[name] for name in TOLD})
        return self.children[told["child"]]


class PaperChildForm(ChildForm):
    """What staff type in from the paper that a guardian has signed."""

    guardian_name = NameField(label=_("The guardian's name"))
    phone = ContactField(label=_("The guardian's phone"))
    paper_reference = forms.CharField(label=_("Where the signed paper lies"), max_length=60)
    agreed = forms.BooleanField(label=_("The guardian has signed the text above on paper."))
    field_order = ("guardian_name", "phone", "paper_reference", "child", *TOLD, "agreed")
