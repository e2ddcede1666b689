"""What a group tells when it asks to be listed."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.common import refusals
from diedie_edu.common.days import WEEKDAYS
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.fields import ContactField, NameField
from diedie_edu.common.inputs import ClockInput
from diedie_edu.venues.models import Venue
from happy_square.models import GroupApplication
from happy_square.rules.dates import check_times

TIMES = 3  # a week that can be told at once; more on the group's page
PARTS = ("weekday", "starts", "ends", "venue")
MUSIC = "with_music"  # rooms have hours for it


def _time_fields(number: int) -> dict[str, forms.Field]:
    needed = number == 1
    days = [("", gettext_lazy("No further day")), *enumerate(WEEKDAYS, start=1)]
    return {
        f"weekday_{number}": forms.TypedChoiceField(
            label=gettext_lazy("Weekday"), choices=days[needed:], coerce=int, required=needed
        ),
        f"starts_{number}": forms.TimeField(
            label=gettext_lazy("Begins at"), widget=ClockInput, required=needed
        ),
        f"ends_{number}": forms.TimeField(
            label=gettext_lazy("Ends at"), widget=ClockInput, required=needed
        ),
        f"venue_{number}": forms.ModelChoiceField(
            label=gettext_lazy("Venue"), queryset=Venue.objects.none(), required=needed
        ),
        f"{MUSIC}_{number}": forms.BooleanField(label=gettext_lazy("with music"), required=False),
    }


class ApplicationForm(EditModelForm):
    """`application()` is what the action takes, not saved yet."""

    class Meta:
        model = GroupApplication
        fields = [
            *("title", "kind", "summary", "introduction", "capacity", "joining"),
            *("dues", "takes_children", "shows_phone"),
        ]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "summary": gettext_lazy("e.g. “Square dance for everybody, beginners welcome”"),
            "dues": gettext_lazy("How much and what for; left empty: none."),
            "takes_children": gettext_lazy(
                "Then leader and deputy are checked first, and a guardian agrees for each child."
            ),
        }

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        for number in range(1, TIMES + 1):
            self.fields |= _time_fields(number)
            self.fields[f"venue_{number}"].queryset = Venue.objects.filter(is_open=True)
        for number, row in enumerate(self.instance.times, start=1):
            self.initial.update({f"{part}_{number}": row[part] for part in (*PARTS, MUSIC)})

    def of_group(self) -> Iterator[forms.BoundField]:
        """What is no usual time."""
        return (field for field in self.visible_fields() if field.name[-1] not in "123")

    def usual(self) -> list[list[forms.BoundField]]:
        """The fields of each usual time."""
        parts = (*PARTS, MUSIC)
        return [[self[f"{part}_{number}"] for part in parts] for number in range(1, TIMES + 1)]

    def clean(self) -> None:
        for number in range(1, TIMES + 1):
            row: dict[str, Any] = {
                part: self.cleaned_data.get(f"{part}_{number}") for part in PARTS
            }
            if any(row.values()) and not all(row.values()):
                text = _("Please tell day, beginning, end and venue, or leave all of them empty.")
                self.add_error(f"weekday_{number}", ValidationError(text, code="in_part"))
            elif all(row.values()):
                with refusals.as_error():
                    check_times(row["starts"], row["ends"])

    def _times(self) -> list[dict[str, Any]]:
        told = (
            {part: self.cleaned_data[f"{part}_{number}"] for part in (*PARTS, MUSIC)}
            for number in range(1, TIMES + 1)
        )
        return [
            row
            | {"starts": _text(row["starts"]), "ends": _text(row["ends"]), "venue": row["venue"].pk}
            for row in told
            if row["weekday"]
        ]

    def application(self) -> GroupApplication:
        self.instance.times = self._times()
        return self.instance


def _text(when: time) -> str:
    return f"{when:%H:%M}"


class PaperForm(forms.Form):
    """Who asks on paper."""

    full_name = NameField(label=gettext_lazy("Leader's full name"))
    phone = ContactField(label=gettext_lazy("Leader's phone"))
    paper_reference = forms.CharField(
        label=gettext_lazy("Where the signed paper lies"), max_length=60
    )
