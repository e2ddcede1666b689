"""Inviting somebody to speak, and answering."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.inputs import DayInput
from diedie_edu.people.choosing import FindsPeople, PersonField
from diedie_edu.people.models import Volunteer
from residents_school.models import Lecture
from residents_school.queries import invitations


class VolunteerField(PersonField):
    who = "resident"

    def label_from_instance(self, volunteer: Volunteer) -> str:
        facts = [*volunteer.kind_labels, *volunteer.free_time_labels]
        if volunteer.knows_topic:
            facts.insert(0, str(_("knows the topic")))
        return f"{volunteer.resident.full_name}（{'、'.join(map(str, facts))}）"


class InvitationForm(FindsPeople):
    volunteer = VolunteerField(
        label=_("Whom do you want to invite?"),
        queryset=Volunteer.objects.none(),
        empty_label=_("Please choose"),
        help_text=_("Those who know the topic stand first; whoever is booked then is left out."),
    )
    note = forms.CharField(
        label=_("A word to the speaker"),
        required=False,
        max_length=120,
        help_text=_("May stay empty. It stands in the message, e.g. “We would be honoured.”"),
    )

    def __init__(self, *args: Any, lecture: Lecture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volunteer"].queryset = invitations.who_can_be_invited(lecture)


class DeclineForm(forms.Form):
    word = forms.CharField(label=_("A word to the staff"), required=False, max_length=120)


class OtherDateForm(DeclineForm):
    """Up to three days; more is for the telephone."""

    field_order = ["first_day", "second_day", "third_day", "word"]
    first_day = forms.DateField(label=_("A day that suits you"), widget=DayInput)
    second_day = forms.DateField(label=_("Or this one"), required=False, widget=DayInput)
    third_day = forms.DateField(label=_("Or that one"), required=False, widget=DayInput)

    def days(self) -> list[date]:
        found = (self.cleaned_data[f"{name}_day"] for name in ("first", "second", "third"))
        return [day for day in found if day]
