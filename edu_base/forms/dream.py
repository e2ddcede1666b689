"""What staff enter of enterprises, and what an enterprise and its workers send by their links."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common import refusals
from diedie_edu.common.edit_forms import EditForm, EditModelForm
from diedie_edu.common.fields import NameField, OrganisationPhoneField, PhoneField
from diedie_edu.common.inputs import DayInput
from diedie_edu.people.models import Organisation
from edu_base.actions.enterprises import Told
from edu_base.actions.nominations import Nominee
from edu_base.models import Allotment, Intake, SchemeYear
from edu_base.rules.credit_codes import clean_credit_code

MOST_PLACES = 999


class EnterpriseForm(EditModelForm):
    """`told()` is what the action takes."""

    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=30,
        help_text=_("18 digits and letters, from the business licence."),
    )
    phone = OrganisationPhoneField(
        label=_("Contact person's phone"),
        required=False,
        help_text=_("The link to nominate goes there, where it is a mobile of the mainland."),
    )

    class Meta:
        model = Organisation
        fields = ["title", "credit_code", "contact", "phone", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    field_order = ["title", "credit_code", "contact", "phone", "note"]

    def validate_unique(self) -> None:
        """An organisation of this name may become the enterprise; the action says."""

    def clean_credit_code(self) -> str:
        with refusals.as_error():
            return clean_credit_code(self.cleaned_data["credit_code"])

    def told(self) -> Told:
        return Told(**self.cleaned_data)


class AllotmentForm(EditForm):
    """How many workers an enterprise may nominate in a year."""

    places = forms.IntegerField(
        label=_("Places to nominate for"), min_value=0, max_value=MOST_PLACES
    )

    def __init__(self, *args: Any, allotment: Allotment | None, **kwargs: Any) -> None:
        rows = [allotment] if allotment else []
        super().__init__(*args, rows=rows, **kwargs)
        self.initial["places"] = self.rows[0].places if self.rows else None


class LinkForm(forms.Form):
    until = forms.DateField(label=pgettext_lazy("a link", "Valid until"), widget=DayInput)


class NominationsEndForm(EditModelForm):
    class Meta:
        model = SchemeYear
        fields = ["allotments_end_on"]
        widgets = {"allotments_end_on": DayInput}


class NomineeForm(forms.Form):
    """`told()` is what the action takes."""

    full_name = NameField(label=_("Worker's full name"))
    phone = PhoneField(
        label=_("Worker's own mobile"),
        help_text=_("The worker says yes by a link that goes there; never your own number."),
    )
    job = forms.CharField(label=_("Work in the enterprise"), max_length=60, required=False)
    employed_since = forms.DateField(label=_("Works there since"), widget=DayInput, required=False)
    reason = forms.CharField(
        label=_("What makes the worker outstanding"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The worker reads it too."),
    )

    def told(self) -> Nominee:
        return Nominee(**self.cleaned_data)


class ConfirmForm(forms.Form):
    """The worker's own yes."""

    intake = forms.ModelChoiceField(
        label=pgettext_lazy("of students", "Class"),
        queryset=Intake.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    agrees = forms.BooleanField(label=_("I have read this and agree"))

    def __init__(self, *args: Any, classes: Sequence[Intake], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intake"].queryset = Intake.objects.filter(pk__in=[row.pk for row in classes])
        self.initial["intake"] = classes[0].pk if classes else None
        if len(classes) == 1:
            self.fields["intake"].widget = forms.HiddenInput()
