"""Entering somebody of one's own family."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.fields import NameField, PhoneField, TypedTextField
from diedie_edu.people.models import Household


class RelativeForm(forms.Form):
    """A grown-up: under 14 a guardian's consent comes first, where the child takes part.

    `own_phones` are numbers of whoever enters, which prove nothing of somebody else; the house
    number is asked where their family has none yet.
    """

    full_name = NameField(label=_("Their name"))
    age = forms.ChoiceField(
        label=_("How old are they?"),
        choices=[("grown", _("14 or older")), ("child", _("under 14"))],
        widget=forms.RadioSelect,
    )
    phone = PhoneField(
        label=_("Their own mobile phone"),
        required=False,
        help_text=_(
            "We send a code there, and they tell it to you: so they agree. Without a phone their "
            "messages come to you."
        ),
    )
    house = TypedTextField(
        label=_("Your house number"),
        max_length=Household._meta.get_field("label").max_length,
        help_text=_("For example 12-3-501. It brings your family together in the register."),
    )
    agrees = forms.BooleanField(
        label=_("They know that I enter them, and agree"),
        error_messages={"required": _("Please ask them first.")},
    )

    def __init__(self, *args: Any, asks_house: bool, own_phones: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_phones = own_phones
        if not asks_house:
            del self.fields["house"]

    def clean_age(self) -> str:
        if self.cleaned_data["age"] == "child":
            raise ValidationError(
                _(
                    "A child under 14 comes in by your consent, where they take part. Below you "
                    "find where."
                ),
                code="child",
            )
        return self.cleaned_data["age"]

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and phone in self.own_phones:
            raise ValidationError(
                _("This is your own number. Leave the field empty: their messages come to you."),
                code="own_phone",
            )
        return phone
