"""Form fields whose rules live in this package."""

from collections.abc import Callable
from typing import Any

from django import forms

from diedie_edu.common import refusals
from diedie_edu.common.names import MAX_LENGTH, clean_name
from diedie_edu.common.phones import normalise_phone
from diedie_edu.common.typed import check_says_something, tidy


class _CleanedField(forms.CharField):
    """A text that a function of ours brings into its stored form, or refuses."""

    cleaner: Callable[[str], str]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        with refusals.as_error():
            return type(self).cleaner(text) if text else ""


class PhoneField(_CleanedField):
    """A mobile or landline number; the value is canonical ("13812345678", "0757-81234567")."""

    widget = forms.TelInput
    cleaner = staticmethod(normalise_phone)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "tel", "autocomplete": "tel"}


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
