"""What staff look for among applications, and what they enter of one."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.fields import SearchField
from diedie_edu.common.inputs import MomentInput
from diedie_edu.common.sent import sent_number
from edu_base.actions import dwellings
from edu_base.actions.dwellings import Found, Seen
from edu_base.actions.review import Chosen
from edu_base.models import Application, Condition, Dwelling, Intake, Scheme, State

OWN, PAPER = "own", ("proof", "number", "address")


class ApplicationFilter(forms.Form):
    """Every field may stay empty."""

    q = SearchField(
        label=_("Search applications"),
        help_text=_("Name, pinyin or number"),
        max_length=60,
        required=False,
    )
    state = forms.ChoiceField(label=_("How it stands"), required=False)
    intake = forms.ModelChoiceField(
        Intake.objects.all(),
        label=pgettext_lazy("of students", "Class"),
        required=False,
        empty_label=_("All classes"),
    )
    scheme = forms.ChoiceField(label=_("Scheme"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    household = forms.ChoiceField(
        label=_("Household"),
        required=False,
        choices=[
            ("", _("Any")),
            ("missing", _("not confirmed yet")),
            ("stopped", _("stopped by a guardian")),
        ],
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [row for row in State.choices if row[0] != State.DRAFT]
        self.fields["state"].choices = [("", _("Any")), *states]
        self.fields["scheme"].choices = [("", _("Both schemes")), *Scheme.choices]
        self.fields["year"].choices = [("", _("All years")), *((year, year) for year in years)]


class ReasonForm(forms.Form):
    """Why; the applicant reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The applicant reads it."),
    )


def chosen_in(sent: QueryDict) -> list[Chosen]:
    """Several on a page, as they stood there: `application` are pairs of number and last step."""
    pairs = (value.partition(":") for value in sent.getlist("application"))
    return [
        Chosen(sent_number(number), sent_number(step))
        for number, _colon, step in pairs
        if sent_number(number) and sent_number(step)
    ]


class WhyForm(forms.Form):
    """Why a number is uncovered; kept with the look."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class InterviewForm(forms.Form):
    """Day, time and place."""

    starts_at = forms.DateTimeField(label=_("Begins at"), widget=MomentInput)
    place = forms.CharField(label=_("Place"), max_length=80)


class HouseholdForm(forms.Form):
    """A paper as staff saw it, and their answer where it may be that of a household known by
    another."""

    proof = forms.ChoiceField(
        label=_("Paper seen"), choices=Dwelling.Proof.choices, widget=forms.RadioSelect
    )
    number = forms.CharField(label=_("Number of the paper"), max_length=60)
    address = forms.CharField(label=_("Address on the paper"), max_length=200, required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Seen(**{name: self.data.get(name, "") for name in PAPER})
        found = dwellings.questions(application, seen) if self.is_bound else []
        self.questions = {str(row.dwelling.pk): row for row in found}
        if found:
            self._ask()

    def _ask(self) -> None:
        known = [(pk, _("Yes, the one numbered %s") % pk) for pk in self.questions]
        self.fields["which"] = forms.ChoiceField(
            label=_("Is it the same household as one that is known?"),
            choices=[*known, (OWN, _("No, a household of its own"))],
            widget=forms.RadioSelect,
        )
        self.fields["reason"] = forms.CharField(
            label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
        )

    def seen(self) -> Seen:
        return Seen(**{name: self.cleaned_data[name] for name in PAPER})

    def found(self) -> Found:
        chosen = self.questions.get(self.cleaned_data.get("which", OWN))
        same_as = chosen.dwelling if chosen else None
        return Found(same_as, self.cleaned_data.get("reason", ""))


class ExceptionForm(forms.Form):
    """Which conditions are not to count, and why."""

    conditions = forms.MultipleChoiceField(
        label=_("Conditions to lift"),
        choices=Condition.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [row for row in Condition.choices if row[0] not in application.lifted]
        self.fields["conditions"].choices = left
