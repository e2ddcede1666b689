"""What somebody asks about their own data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.fields import NameField
from diedie_edu.common.inputs import DayInput
from diedie_edu.people.models import ErasureRequest


class ErasureForm(forms.Form):
    """Whoever has no entry in the register has an account alone."""

    scope = forms.ChoiceField(
        label=_("What is to go"),
        choices=[
            (ErasureRequest.Scope.ALL, _("Everything about me, the account too")),
            (ErasureRequest.Scope.ACCOUNT, _("The account alone; I go on signing up in person")),
        ],
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label=_("I have read what this means"))

    def __init__(self, *args: Any, has_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_person:
            field: Any = self.fields["scope"]
            field.choices = field.choices[1:]
            field.initial = ErasureRequest.Scope.ACCOUNT


class CorrectionForm(EditForm):
    """How it should be; nothing changes before staff have seen a paper."""

    full_name = NameField(label=_("full name"))
    birth_date = forms.DateField(label=_("date of birth"), required=False, widget=DayInput)
