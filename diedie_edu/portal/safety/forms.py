"""Forms of the second step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.characters import code_digits, code_signs


class StepForm(forms.Form):
    """Six digits of the app, or a line of the printed sheet."""

    code = forms.CharField(
        label=_("The code in your app"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """However it was typed: 123 456, or a line of the sheet in capitals, without its dash."""
        typed = self.cleaned_data["code"]
        signs, digits = code_signs(typed).lower(), code_digits(typed)
        if digits.isdecimal() and len(digits) == 6:
            return digits
        if len(signs) == 10:
            return f"{signs[:5]}-{signs[5:]}"
        raise forms.ValidationError(
            _("Enter the six digits of the app, or ten signs from your sheet."), code="not_a_code"
        )


class ConfirmForm(StepForm):
    """The page has nothing else, so the field is ready to be typed into."""

    trusts = forms.BooleanField(
        label=_("This is my own device: do not ask here at sign-in for 30 days"), required=False
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["code"].widget.attrs["autofocus"] = True


class SeenOwnerForm(forms.Form):
    """At the service desk; the reason stays in the trail."""

    reason = forms.CharField(
        label=_("Why it is ended"),
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": _("e.g. lost the phone and the sheet")}),
    )
    has_seen = forms.BooleanField(
        label=_("I have this person before me, and have seen an identity card or know them")
    )
