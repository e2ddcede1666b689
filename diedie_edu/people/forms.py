"""Forms of the register in the admin site, and the upload of lists."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import PartOfWeek, local_day, local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.fields import NameField, PhoneField
from diedie_edu.common.names import clean_reading
from diedie_edu.common.spreadsheets.opening import content_of
from diedie_edu.people.imports.kinds import ListKind
from diedie_edu.people.models import Resident, Volunteer, VolunteerKind
from diedie_edu.people.rules import check_may_be_stored


class ResidentForm(forms.ModelForm):
    """Somebody already in the register keeps their birth date, whatever it says today."""

    full_name = NameField(label=_("full name"))
    phone = PhoneField(label=_("contact phone"), required=False)

    class Meta:
        model = Resident
        exclude: list[str] = []

    def clean_surname_reading(self) -> str:
        return _or_invalid(clean_reading, self.cleaned_data["surname_reading"])

    def clean_birth_date(self) -> Any:
        birth_date = self.cleaned_data["birth_date"]
        if "birth_date" in self.changed_data:
            _or_invalid(check_may_be_stored, birth_date, local_day(local_now()))
        return birth_date


class PhoneForm(forms.ModelForm):
    """Any row with a phone that may be left out: households, organisations."""

    phone = PhoneField(label=_("contact phone"), required=False)


class FreeTimesField(forms.MultipleChoiceField):
    """The parts of the week in which a volunteer usually has time; none is an answer too."""

    def __init__(self) -> None:
        super().__init__(
            label=_("usually free"),
            choices=PartOfWeek.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class VolunteerForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("volunteer kinds"),
        choices=VolunteerKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    free_times = FreeTimesField()

    class Meta:
        model = Volunteer
        exclude: list[str] = []


class FreeTimesForm(forms.ModelForm):
    """A volunteer's own answer to when they could give a lecture."""

    free_times = FreeTimesField()

    class Meta:
        model = Volunteer
        fields = ["free_times"]


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in the list"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Your list"),
        help_text=_("An Excel workbook (.xlsx, .xls) or a CSV file, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        allow_empty_file=True,  # refused below, in words that help
    )

    def __init__(self, *args: Any, kinds: Iterable[ListKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.slug, kind.title) for kind in kinds]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        self.cleaned_data["content"] = _or_invalid(content_of, upload)
        return upload


def _or_invalid(check: Any, *args: Any) -> Any:
    """What the function returns; its refusal as a message beside the field."""
    try:
        return check(*args)
    except Refused as refusal:
        raise ValidationError(refusal.message, code=refusal.code) from refusal
