"""A complaint as a resident writes it, and what staff make of it."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.fields import PhoneField
from diedie_edu.venues.models import Venue
from happy_square.actions.complaints import Told
from happy_square.actions.findings import Found
from happy_square.forms.guidance import DueField
from happy_square.models import Complaint, Finding, Group, Point
from happy_square.queries.groups import listed

About = Complaint.About
POINT_OF = {
    About.NOISE: Point.NOISE,
    About.SPACE: Point.ORDER,
    About.SELLING: Point.ORDER,
    About.MONEY: Point.ACCOUNTS,
    About.OTHER: Point.SAFETY,
}


class ComplaintForm(forms.Form):
    """No name is asked for; `sheet` makes sending it twice harmless."""

    sheet = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    about = forms.ChoiceField(
        label=_("What is it about?"), choices=About.choices, widget=forms.RadioSelect
    )
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=_("Which group?"),
        required=False,
        empty_label=_("I do not know"),
    )
    venue = forms.ModelChoiceField(
        Venue.objects.none(), label=_("Or at which place?"), required=False, empty_label="–"
    )
    words = forms.CharField(
        label=_("What happened, and when?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    phone = PhoneField(
        label=_("Mobile number"),
        required=False,
        help_text=_("Only for one text message with the outcome; then we delete it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = listed().order_by("title", "pk")
        self.fields["venue"].queryset = Venue.objects.filter(is_open=True).order_by("title_zh")

    def told(self) -> Told:
        return Told(**{name: self.cleaned_data[name] for name in Told.__dataclass_fields__})


class FindingForm(forms.Form):
    """What a complaint becomes: in words of the staff, for the group reads them."""

    point = forms.ChoiceField(label=_("Point"), choices=Point.choices)
    what = forms.CharField(
        label=_("What is to be put right"),
        max_length=200,
        help_text=_("The group reads this. Write nothing that tells who complained."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, complaint: Complaint, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        likely = POINT_OF[About(complaint.about)]
        self.fields["point"].choices = sorted(Point.choices, key=lambda row: row[0] != likely)
        self.fields["due_on"] = DueField(today)

    def found(self) -> Found:
        return Found(**self.cleaned_data)


class JoinForm(forms.Form):
    """It is about what is open already."""

    finding = forms.ModelChoiceField(
        Finding.objects.none(), label=_("Open finding"), empty_label=None
    )

    def __init__(self, *args: Any, findings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["finding"]
        field.queryset = findings
        field.label_from_instance = lambda row: f"{row.get_point_display()} · {row.what}"


class SettleForm(forms.Form):
    """Nothing is to be put right: why."""

    result = forms.ChoiceField(
        label=_("What came of it"),
        choices=[row for row in Complaint.Result.choices if row[0] != Complaint.Result.PUT_RIGHT],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer to whoever complained"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
