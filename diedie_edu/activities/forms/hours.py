"""Hours at which hardly anybody comes: a slip of the finger is asked about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.rules.schedule import is_odd_hour


class AsksOddHours(forms.Form):
    """A form with `starts` and `ends`; the question is hidden until it is asked."""

    odd_hours = forms.BooleanField(
        label=_("Yes, at this hour"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and is_odd_hour(starts, ends) and not given.get("odd_hours"):
            self.fields["odd_hours"].widget = forms.CheckboxInput()
            words = {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
            question = _("From %(starts)s to %(ends)s: is that meant? Then tick it and save again.")
            self.add_error("odd_hours", question % words)
        return given
