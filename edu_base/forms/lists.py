"""Which whole list, and why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WholeListForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which list"), widget=forms.RadioSelect)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is kept, with your name, at each application in the list."),
    )

    def __init__(
        self, *args: Any, kinds: Iterable[tuple[str, Any]], years: Iterable[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)
        self.fields["year"].choices = [(year, year) for year in years]
