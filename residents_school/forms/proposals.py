"""What the planning board hands on to the form of a lecture, in its address."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import PartOfWeek, local, local_day
from diedie_edu.people.models import Topic, Volunteer
from residents_school.models import TeachingForm
from residents_school.queries.lectures import WHO_CAN_SPEAK
from residents_school.rules.lectures import next_in

USUAL_LENGTH = timedelta(minutes=90)
TIME_TO_TELL = timedelta(days=14)  # so that people hear of it before the day


class Proposal(forms.Form):
    topic = forms.ModelChoiceField(Topic.objects.all(), required=False)
    teaching_form = forms.ChoiceField(choices=TeachingForm, required=False)
    time = forms.ChoiceField(choices=PartOfWeek, required=False)
    speaker = forms.ModelChoiceField(Volunteer.objects.filter(WHO_CAN_SPEAK), required=False)

    def filled_in(self, calendar: Calendar, now: datetime) -> dict[str, Any]:
        """First values for `LectureForm`; what is not understood is left out."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        first: dict[str, Any] = {}
        if "topic" in said:
            first["topic"] = said["topic"].pk
        if "teaching_form" in said:
            first["teaching_form"] = said["teaching_form"]
        if "speaker" in said:
            first["speakers"] = [said["speaker"].pk]
        begins = next_in(said.get("time", ""), local_day(now + TIME_TO_TELL), calendar)
        return first | (_day_and_times(local(begins)) if begins else {})


def _day_and_times(begins: datetime) -> dict[str, Any]:
    ends = begins + USUAL_LENGTH
    return {"day": begins.date(), "starts": begins.time(), "ends": ends.time()}
