"""Of which days growth is shown, and from which it counts."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.inputs import DayInput
from happy_square.models import GrowthStart

LONGEST = timedelta(days=3 * 366)


class SpanForm(forms.Form):
    """The first and the last day, three years at most."""

    first = forms.DateField(label=_("From"), widget=DayInput)
    last = forms.DateField(label=_("Until"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and not first <= last <= first + LONGEST:
            self.add_error("last", _("Choose a last day after the first, at most three years on."))
        return self.cleaned_data

    def span(self, otherwise: tuple[date, date]) -> tuple[date, date]:
        """What is asked for, where it can be shown."""
        return (
            (self.cleaned_data["first"], self.cleaned_data["last"])
            if self.is_valid()
            else otherwise
        )


class StartForm(EditForm):
    """The day from which growth counts."""

    day = forms.DateField(
        label=_("Growth counts from"),
        widget=DayInput,
        help_text=_("Whoever came or belonged to a group before is no new face."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        newest = GrowthStart.objects.first()
        super().__init__(*args, rows=[newest] if newest else [], **kwargs)
        self.initial["day"] = self.rows[0].day if newest else None
