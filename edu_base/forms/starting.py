"""Who applies to which class, and with whom."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.common.fields import ContactField, NameField
from diedie_edu.common.inputs import DayInput
from diedie_edu.people.models import Guardianship, Resident
from edu_base.actions.applicants import NamedGuardian
from edu_base.models import Intake

ANOTHER = "new"
BIRTH_DATE = gettext_lazy("Date of birth")


class IntakeField(forms.ModelChoiceField):
    """A class by its name and, where it is known, its college."""

    def __init__(self, **options: Any) -> None:
        label = gettext_lazy("Which class")
        super().__init__(Intake.objects.none(), label=label, empty_label=None, **options)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} · {obj.college.title}" if obj.college else obj.title


class StartForm(forms.Form):
    """Somebody who applies themselves; `person` is who they are in the register."""

    intake = IntakeField(widget=forms.RadioSelect)
    birth_date = forms.DateField(label=BIRTH_DATE, widget=DayInput)
    guardian_name = NameField(label=gettext_lazy("The guardian's name"), required=False)
    guardian_phone = ContactField(
        label=gettext_lazy("The guardian's phone"),
        required=False,
        help_text=gettext_lazy(
            "Only if you are under 18: father, mother or whoever has custody. We ask them by a "
            "text message before anything is sent in."
        ),
    )
    agreed = forms.BooleanField(label=gettext_lazy("I have read the text above, and I agree."))

    def __init__(
        self, *args: Any, intakes: Iterable[Intake], person: Resident | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intake"].queryset = intakes
        if person is not None and person.birth_date is not None:
            del self.fields["birth_date"]

    def guardian(self) -> NamedGuardian | None:
        told = self.cleaned_data
        if told.get("guardian_name") and told.get("guardian_phone"):
            return NamedGuardian(told["guardian_name"], told["guardian_phone"])
        return None


class GuardianForm(forms.Form):
    """Another guardian for a draft."""

    guardian_name = NameField(label=gettext_lazy("The guardian's name"))
    guardian_phone = ContactField(label=gettext_lazy("The guardian's phone"))


class WardStartForm(forms.Form):
    """A guardian applies for one of 14 to 17."""

    intake = IntakeField(widget=forms.RadioSelect)
    ward = forms.ChoiceField(label=gettext_lazy("For whom"), widget=forms.RadioSelect)
    full_name = NameField(label=gettext_lazy("The child's name"), required=False)
    birth_date = forms.DateField(label=BIRTH_DATE, widget=DayInput, required=False)
    relation = forms.ChoiceField(
        label=gettext_lazy("You are the child's"),
        choices=[("", gettext_lazy("please choose")), *Guardianship.Relation.choices],
        required=False,
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("I am the guardian, I have read the text above, and I agree.")
    )
    TOLD = ("full_name", "birth_date", "relation")

    def __init__(
        self, *args: Any, intakes: Iterable[Intake], wards: Iterable[Resident], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intake"].queryset = intakes
        self.wards = {str(row.pk): row for row in wards}
        known = [(key, row.full_name) for key, row in self.wards.items()]
        self.fields["ward"].choices = [*known, (ANOTHER, _("Another child"))]
        if not known:
            self.fields["ward"].widget = forms.HiddenInput()
            self.fields["ward"].initial = ANOTHER
            for name in self.TOLD:
                self.fields[name].required = True

    def clean(self) -> None:
        if self.cleaned_data.get("ward") != ANOTHER:
            return
        for name in self.TOLD:
            if not self.cleaned_data.get(name) and name not in self.errors:
                text = self.fields[name].error_messages["required"]
                self.add_error(name, ValidationError(text, code="required"))

    def known(self) -> Resident | None:
        return self.wards.get(self.cleaned_data["ward"])

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.TOLD}


class PaperStartForm(StartForm):
    """What staff type in from a signed paper."""

    full_name = NameField(label=gettext_lazy("The applicant's name"))
    phone = ContactField(label=gettext_lazy("The applicant's phone"), required=False)
    paper_reference = forms.CharField(
        label=gettext_lazy("Where the signed paper lies"), max_length=60
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("The paper with the text above is signed; under 18 by a guardian too.")
    )
    field_order = (
        *("intake", "full_name", "birth_date", "phone", "guardian_name", "guardian_phone"),
        *("paper_reference", "agreed"),
    )
