"""Whom to appoint to what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.forms import RoleGrantForm
from diedie_edu.accounts.models import User
from diedie_edu.accounts.rules import can_hand_out
from diedie_edu.common.fields import NameField, PhoneField
from diedie_edu.portal.appointing.queries import WITH_POWER


class AppointForm(RoleGrantForm):
    """Only roles with power: the others follow from registering and from the register."""

    phone = PhoneField(label=_("Mobile phone number"))
    full_name = NameField(
        label=_("Name"),
        required=False,
        help_text=_("Only where the number has no account yet; they sign in by a code."),
    )
    field_order = ["phone", "full_name", "role", "scope", "first_day", "last_day"]

    def __init__(self, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(role.value, role.label) for role in WITH_POWER if can_hand_out(by, role)]
        self.fields["role"].choices = [("", "—"), *offered]
        self.fields["scope"].help_text = _("For leads and committee readers.")
        for name in ("first_day", "last_day"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"})
        self.fields["last_day"].help_text = _("Days are only for committee readers.")
