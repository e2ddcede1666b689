"""What guardians say of a child, and what staff type in for them."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import model_to_dict
from django.utils.translation import gettext_lazy as _

from after_school.actions import collecting, enrolling
from after_school.models import Enrolment, GuardianRight, Term, Weekday, Zone
from after_school.rules import children
from diedie_edu.common import refusals
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.fields import ContactField, NameField, PhoneField
from diedie_edu.common.inputs import DayInput
from diedie_edu.people.models import Guardianship
from diedie_edu.people.rules import residents


class ChildForm(forms.Form):
    """Who the child is; `facts()` is what the action takes."""

    full_name = NameField(label=_("The child's name"))
    birth_date = forms.DateField(label=_("Date of birth"), widget=DayInput)
    relation = forms.ChoiceField(
        label=_("You are the child's"),
        choices=Guardianship.Relation.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_birth_date(self) -> date:
        birth_date = self.cleaned_data["birth_date"]
        with refusals.as_error():
            residents.check_birth_date(birth_date, self.today)
            children.check_age(birth_date, self.today)
        return birth_date

    def facts(self) -> enrolling.ChildFacts:
        names = ("full_name", "birth_date", "relation")
        return enrolling.ChildFacts(**{name: self.cleaned_data[name] for name in names})


class PlaceForm(forms.Form):
    """School, days and zone, and what staff should know; `place()` is what the action takes."""

    school = forms.CharField(label=_("School"), max_length=60)
    grade = forms.CharField(label=_("Grade"), max_length=20, help_text=_("e.g. 3"))
    class_name = forms.CharField(label=_("Class"), max_length=20, required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("The child comes on"),
        choices=Weekday.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        initial=list(Weekday.values),
    )
    zone = forms.ModelChoiceField(
        label=_("Which zone, at first"),
        queryset=Zone.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("Children may change zones on any afternoon."),
    )
    allergies = forms.CharField(label=_("Allergies"), max_length=300, required=False)
    notes = forms.CharField(
        label=_("What staff should know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept encrypted; only those on duty read it."),
    )

    def __init__(
        self,
        *args: Any,
        term: Term,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].queryset = _zones(term)

    def place(self) -> enrolling.Place:
        return enrolling.Place(**self.cleaned_data)


class PlaceChangeForm(EditForm, PlaceForm):
    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, rows=[enrolment], term=enrolment.term, **kwargs)
        self.initial |= model_to_dict(self.rows[0], list(PlaceForm.base_fields))  # type: ignore[operator]


def _zones(term: Term) -> QuerySet[Zone]:
    return Zone.objects.filter(term=term).order_by("pk")


class CollectorForm(forms.Form):
    """Somebody who may collect; `new()` is what the action takes."""

    full_name = NameField(label=_("Who may collect"))
    phone = ContactField(label=_("Their phone"))
    relation = forms.CharField(
        label=_("Who this is to the child"), max_length=20, help_text=_("e.g. grandmother")
    )
    valid_from = forms.DateField(label=_("From"), widget=DayInput)
    valid_until = forms.DateField(
        label=_("Until"),
        widget=DayInput,
        required=False,
        help_text=_("Left empty: until further notice."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", today)

    def new(self) -> collecting.NewCollector:
        return collecting.NewCollector(**self.cleaned_data)


class PaperCollectorForm(CollectorForm):
    """Somebody a paper names: from today on, until further notice."""

    valid_from = valid_until = None  # type: ignore[assignment]

    def new(self) -> collecting.NewCollector:
        return collecting.NewCollector(
            **self.cleaned_data, valid_from=self.initial["valid_from"], valid_until=None
        )


class PassForm(forms.Form):
    day = forms.DateField(label=_("For which day"), widget=DayInput)
    full_name = NameField(label=_("Who collects"))
    phone = ContactField(label=_("Their phone"), required=False)


class WalkHomeForm(forms.Form):
    """`is_ready` is asked with every permission, and kept by its being given."""

    valid_from = forms.DateField(label=_("From"), widget=DayInput)
    valid_until = forms.DateField(label=_("Until"), widget=DayInput)
    is_ready = forms.BooleanField(
        label=_("My child knows the way and its traffic, and we have agreed what to do if …"),
        help_text=_("… somebody speaks to it, it rains hard, or nobody is at home."),
    )

    def days(self) -> dict[str, date]:
        return {name: self.cleaned_data[name] for name in ("valid_from", "valid_until")}


class AbsenceForm(forms.Form):
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=100, required=False)


class RightForm(forms.Form):
    sees_notes = forms.BooleanField(label=_("sees notes from staff"), required=False, initial=True)
    decides = forms.BooleanField(
        label=_("decides: who may collect, absences, leaving"), required=False, initial=True
    )


class RightChangeForm(EditForm, RightForm):
    def __init__(self, *args: Any, right: GuardianRight, **kwargs: Any) -> None:
        super().__init__(*args, rows=[right], **kwargs)
        self.initial |= model_to_dict(self.rows[0], list(RightForm.base_fields))  # type: ignore[operator]


class GuardianForm(RightForm):
    full_name = NameField(label=_("The other guardian's name"))
    phone = PhoneField(label=_("The phone they sign in with"))
    relation = forms.ChoiceField(label=_("Relation"), choices=Guardianship.Relation.choices)
    field_order = ["full_name", "phone", "relation", "sees_notes", "decides"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class SightForm(forms.Form):
    """How staff know a guardian whom they have seen."""

    how = forms.ChoiceField(
        label=_("How do you know who this is?"),
        choices=GuardianRight.Seen.choices,
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label=_("Where the paper lies"), max_length=60, required=False)


class PaperForm(ChildForm, PlaceForm):
    """An enrolment on paper, typed in by staff; the paper with the signature comes first."""

    guardian_name = NameField(label=_("The guardian's name"))
    guardian_phone = ContactField(label=_("The guardian's phone"))
    paper_reference = forms.CharField(
        label=_("Where the signed paper lies"),
        max_length=60,
        help_text=_("e.g. “Cupboard 3, folder 2026-2, no. 17”"),
    )
    has_signed = forms.BooleanField(
        label=_("The guardian has signed the consent on paper, in its present version.")
    )
    field_order = [
        *("paper_reference", "has_signed", "guardian_name", "guardian_phone", "relation"),
        *("full_name", "birth_date", "school", "grade", "class_name", "weekdays", "zone"),
        *("allergies", "notes"),
    ]

    def __init__(self, *args: Any, term: Term, today: date, **kwargs: Any) -> None:
        PlaceForm.__init__(self, *args, term=term, **kwargs)
        self.today = today
        self.fields["relation"].label = _("The guardian is the child's")
        given: dict[str, Any] = {
            "today": today,
            "empty_permitted": True,
            "use_required_attribute": False,
        }
        self.people = [
            PaperCollectorForm(self.data or None, prefix=f"collector-{number}", **given)
            for number in (1, 2)
        ]

    def full_clean(self) -> None:
        """The people on the paper stand in forms of their own below it."""
        super().full_clean()
        if self.is_bound and any(form.errors for form in self.people):
            self.add_error(None, _("Please look at the people who may collect."))

    def collectors(self) -> list[collecting.NewCollector]:
        return [form.new() for form in self.people if form.has_changed()]

    def place(self) -> enrolling.Place:
        names = ("school", "grade", "class_name", "weekdays", "zone", "allergies", "notes")
        return enrolling.Place(**{name: self.cleaned_data[name] for name in names})
