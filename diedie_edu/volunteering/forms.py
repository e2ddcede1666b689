"""Who helps at an event, and how long volunteers were on duty."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import duration_text
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.people.choosing import FindsPeople, PersonField
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries import duties
from diedie_edu.volunteering.rules import LONGEST_DUTY


class VolunteerField(PersonField):
    who = "resident"

    def label_from_instance(self, volunteer: Volunteer) -> str:
        return volunteer.resident.full_name


class HelperForm(FindsPeople):
    volunteer = VolunteerField(
        label=_("Volunteer"), queryset=Volunteer.objects.none(), empty_label=_("Please choose")
    )

    def __init__(self, *args: Any, occasion: Occasion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volunteer"].queryset = duties.who_are_free(occasion)


class HoursForm(EditForm):
    """A number of minutes for each duty, filled with its length: to confirm with one tap."""

    def __init__(self, *args: Any, duties: Iterable[Duty], **kwargs: Any) -> None:
        people = {duty.pk: duty.volunteer for duty in duties}
        super().__init__(*args, rows=sorted(duties, key=attrgetter("pk")), **kwargs)
        stored = {duty.pk: duty for duty in self.rows}
        self.duties = {f"minutes-{pk}": stored[pk] for pk in people}
        for name, duty in self.duties.items():
            self.fields[name] = _minutes(duty, people[duty.pk])

    def served(self) -> dict[int, int]:
        """Minutes by duty (id), as `confirm_hours` takes them."""
        return {duty.pk: self.cleaned_data[name] for name, duty in self.duties.items()}


def _minutes(duty: Duty, person: Volunteer | None) -> forms.IntegerField:
    words = {"person": person, "work": duty.get_work_display()}
    confirmed = _("Confirmed: %s") % duration_text(duty.served_minutes or 0)
    return forms.IntegerField(
        label=_("%(person)s (%(work)s): minutes") % words,
        initial=duty.served_minutes or duty.planned_minutes,
        min_value=1,
        max_value=LONGEST_DUTY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=confirmed if duty.confirmed_at else "",
    )


class CannotComeForm(forms.Form):
    word = forms.CharField(label=_("a word to the staff"), max_length=120, required=False)
