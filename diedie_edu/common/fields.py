"""Form fields whose rules live in this package."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import refusals
from diedie_edu.common.characters import looked_for
from diedie_edu.common.names import MAX_LENGTH, clean_name
from diedie_edu.common.phones import normalise_phone
from diedie_edu.common.typed import check_says_something, tidy

CALLED = _("Only mobiles of the mainland get text messages; whoever has another number is called.")


class _CleanedField(forms.CharField):
    """A text that a function of ours brings into its stored form, or refuses."""

    cleaner: Callable[[str], str]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        with refusals.as_error():
            return type(self).cleaner(text) if text else ""


class PhoneField(_CleanedField):
    """A number that one calls; the value is canonical ("13812345678", "0757-81234567-801").

    Whoever asks for the number of an account or for a text message checks that it is a mobile.
    """

    widget = forms.TelInput
    cleaner = staticmethod(normalise_phone)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "tel", "autocomplete": "tel"}


class ContactField(PhoneField):
    """The number of somebody who is perhaps only called; the form says who gets messages."""

    def __init__(self, **kwargs: Any) -> None:
        said = kwargs.pop("help_text", "")
        help_text = (
            format_lazy(_("{first} {second}"), first=said, second=CALLED) if said else CALLED
        )
        super().__init__(help_text=help_text, **kwargs)


class OrganisationPhoneField(PhoneField):
    """The number of an organisation, which may be a short one such as 12345."""

    cleaner = staticmethod(partial(normalise_phone, of_organisation=True))


class SearchField(forms.CharField):
    """Words to look for, in plain characters however they were typed."""

    def to_python(self, value: Any) -> str:
        return looked_for(super().to_python(value) or "")


def clean_typed(text: str) -> str:
    """Raises `Refused` (`says_nothing`)."""
    check_says_something(text)
    return tidy(text)


class TypedTextField(_CleanedField):
    """A house number, or another word by which people say which thing they mean."""

    cleaner = staticmethod(clean_typed)


class NameField(_CleanedField):
    """One person's whole name, cleaned."""

    cleaner = staticmethod(clean_name)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A padded name is longer than what is kept of it.
        return super().widget_attrs(widget) | {"maxlength": str(MAX_LENGTH * 2)}
