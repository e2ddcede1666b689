"""What a group says of itself, its filing, its pictures."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.documents import PICTURES
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import DayInput
from diedie_edu.venues.actions.calendar import lock_calendar
from happy_square.models import Group, GroupPicture


class DetailsForm(EditModelForm):
    """For whoever leads it; its name stands in our text messages, so staff keep that."""

    class Meta:
        model = Group
        fields = [
            *("summary", "introduction", "capacity", "joining", "dues"),
            *("min_age", "max_age", "on_holidays"),
        ]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 5})}
        labels = {"capacity": _("Members at most")}

    def lock(self, rows: Iterable[Any]) -> list[Any]:
        """Dates follow where it meets on public holidays, and the calendar is locked first."""
        lock_calendar()
        return super().lock(rows)


class StaffDetailsForm(DetailsForm):
    """For staff, who answer for the rest."""

    class Meta(DetailsForm.Meta):
        fields = ["title", *DetailsForm.Meta.fields, "kind", "takes_children", "sms_a_month"]
        labels = {**DetailsForm.Meta.labels, "title": _("Name of the group")}


class FilingForm(EditModelForm):
    class Meta:
        model = Group
        fields = ["charter_on", "filing", "filing_number", "filed_on", "filed_until"]
        widgets = dict.fromkeys(("charter_on", "filed_on", "filed_until"), DayInput())


class PermissionForm(forms.Form):
    shown = forms.ChoiceField(
        label=_("Who can be seen in it?"),
        choices=GroupPicture.Shown,
        widget=forms.RadioSelect,
    )
    agreed_note = forms.CharField(
        label=_("How they agreed, and where it is kept"),
        max_length=120,
        required=False,
        help_text=_("e.g. “asked everybody at the meet-up of 3 May; list in the blue folder”"),
    )


class PictureForm(PermissionForm):
    file = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": PICTURES}),
    )
    caption = forms.CharField(label=_("What it shows"), max_length=80)
    field_order = ("file", "caption", "shown", "agreed_note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["shown"]
        field.required = False
        field.choices = [("", _("I still have to ask them")), *GroupPicture.Shown.choices]
        field.initial = ""
