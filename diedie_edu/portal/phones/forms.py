"""Forms of a new phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common import refusals
from diedie_edu.common.fields import PhoneField
from diedie_edu.people.actions import phones
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.phones import check_new_phone


class NewPhoneForm(forms.Form):
    """`whom` are those who have the number too, and change with it where that is ticked."""

    phone = PhoneField(label=_("The new number"))
    takes_along = forms.BooleanField(label=_("For them too"), required=False, initial=True)

    def __init__(self, person: Resident | User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = phones.owner_of(person)
        self.whom = [str(one) for one in phones.sharing(person)]
        if phones.has_household_phone(person):
            self.whom.append(str(_("the household’s number")))
        self.fields["phone"].required = self.owner.account is not None
        if not self.whom:
            del self.fields["takes_along"]
        else:
            self.fields["takes_along"].help_text = _(
                "%s: this number is written to for them as well. Take the tick out if they keep it."
            ) % _(", ").join(self.whom)

    def clean_phone(self) -> str:
        new = self.cleaned_data["phone"]
        with refusals.as_error():
            has_account = self.owner.account is not None
            check_new_phone(new, self.owner.phone, has_account=has_account)
        return new

    @property
    def takes_them_along(self) -> bool:
        return bool(self.cleaned_data.get("takes_along"))


class SeenPhoneForm(NewPhoneForm):
    """At the service desk; the reason stays with the change."""

    reason = forms.CharField(
        label=_("What became of the old number"),
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": _("e.g. lost the phone, has a new number")}),
    )
    has_seen = forms.BooleanField(
        label=_("I have this person before me, and have seen an identity card or know them")
    )

    def __init__(self, person: Resident | User, *args: Any, **kwargs: Any) -> None:
        super().__init__(person, *args, **kwargs)
        if not self.fields["phone"].required:
            self.fields["phone"].help_text = _(
                "Leave it empty where the old number is somebody else’s by now and there is no "
                "new one: then nothing is sent there any more."
            )
