"""Lists are given to somebody; a visitor leaves a number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.fields import PhoneField
from diedie_edu.people.choosing import FindsPeople, PersonField
from edu_base.models import Scheme
from edu_base.queries.mobilising import Building, accounts_to_choose


class GiveForm(FindsPeople):
    """Which buildings, and to whom; `buildings` are those where somebody is to be asked. Taking
    them back (`do`) needs nobody."""

    buildings = forms.MultipleChoiceField(label=_("Buildings"), widget=forms.CheckboxSelectMultiple)
    given_to = PersonField(
        User.objects.none(),
        label=_("Who goes there"),
        required=False,
        empty_label=_("Please choose"),
    )
    do = forms.CharField(required=False)

    def __init__(self, *args: Any, buildings: list[Building], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser sends no empty value of a box, so the list without a building is named too.
        self.fields["buildings"].choices = [(row.key, row.words) for row in buildings]
        self.fields["given_to"].queryset = accounts_to_choose()

    def clean(self) -> dict[str, Any]:
        if not (self.takes_back or self.cleaned_data.get("given_to") or self.errors):
            self.add_error("given_to", _("Please choose who goes there."))
        return self.cleaned_data

    @property
    def takes_back(self) -> bool:
        return self.cleaned_data.get("do") == "take_back"

    def names(self) -> list[str]:
        return ["" if key == Building.NONE else key for key in self.cleaned_data["buildings"]]


class PhoneLeftForm(forms.Form):
    """A number and nothing else."""

    scheme = forms.ChoiceField(
        label=_("What would you like to hear of?"), choices=Scheme.choices, widget=forms.RadioSelect
    )
    phone = PhoneField(
        label=_("Mobile number"),
        help_text=_("For one text message when applications open; then we delete it."),
    )
