"""The doors' forms: translate what people typed, decide nothing."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.forms.events import HOLDS_HELP
from diedie_edu.activities.forms.hours import AsksOddHours
from diedie_edu.common.days import local, moment
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import ClockInput, DayInput, MomentInput
from diedie_edu.people.choosing import FindsPeople, PeopleField
from diedie_edu.people.models import Topic, Volunteer
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Venue
from diedie_edu.volunteering.models import Duty
from residents_school.actions.lectures import LecturePlan
from residents_school.forms.surveys import topics_by_area
from residents_school.models import Lecture
from residents_school.queries.lectures import WHO_CAN_SPEAK

# Whom a lecture is for.
AUDIENCE = ("min_age", "max_age", "residents_only", "holds_for_parties")


class SpeakersField(PeopleField):
    who = "resident"

    def label_from_instance(self, volunteer: Volunteer) -> str:
        return f"{volunteer.resident.full_name}（{'、'.join(map(str, volunteer.kind_labels))}）"


class LectureForm(FindsPeople, AsksOddHours, EditModelForm):
    """One lecture as staff plan it; `plan()` is what the actions take."""

    day = forms.DateField(
        label=_("Day"), widget=DayInput, help_text=_("A Saturday or Sunday outside the holidays.")
    )
    starts = forms.TimeField(label=_("Begins at"), widget=ClockInput, initial=time(9, 30))
    ends = forms.TimeField(label=_("Ends at"), widget=ClockInput, initial=time(11, 0))
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=Venue.objects.none())
    speakers = SpeakersField(
        label=_("Speakers"),
        queryset=Volunteer.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sign_up_opens_at = forms.DateTimeField(
        label=_("Sign-up opens"),
        required=False,
        widget=MomentInput,
        help_text=_("Left empty: as soon as the lecture is announced."),
    )
    sign_up_closes_at = forms.DateTimeField(
        label=_("Sign-up closes"),
        required=False,
        widget=MomentInput,
        help_text=_("Left empty: when the lecture begins."),
    )

    class Meta:
        model = Lecture
        fields = [
            *("title", "topic", "teaching_form", "summary", "outline", "partner", "capacity"),
            *AUDIENCE,
        ]
        labels = {"title": _("Title of the lecture"), "capacity": _("Seats")}
        widgets = {"outline": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "min_age": _("Age on the day; left empty: any. Residents see it before they sign up."),
            "holds_for_parties": HOLDS_HELP,
        }

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        if self.instance.pk:
            self.initial |= as_it_stands(self.instance)  # type: ignore[operator]
        self._offer_choices()

    def lock(self, rows: Iterable[Any]) -> list[Any]:
        """In the order of `change_lecture`: the calendar comes first."""
        if rows:
            lock_calendar()
        return super().lock(rows)

    def _offer_choices(self) -> None:
        """What is in use, and what the lecture has already."""
        has = self.initial.get
        offered: dict[str, QuerySet[Any]] = {
            "topic": Topic.objects.filter(Q(is_offered=True) | Q(pk=has("topic"))),
            "venue": Venue.objects.filter(Q(is_open=True) | Q(pk=has("venue"))),
            "speakers": Volunteer.objects.filter(WHO_CAN_SPEAK | Q(pk__in=has("speakers", []))),
        }
        self.fields["topic"].queryset = topics = offered["topic"].select_related("area")
        self.fields["venue"].queryset = offered["venue"]
        self.fields["speakers"].queryset = offered["speakers"].select_related("resident")
        self.fields["venue"].empty_label = _("Please choose")
        self.fields["topic"].choices = [("", _("Please choose")), *topics_by_area(topics)]

    def plan(self) -> LecturePlan:
        """The cleaned form as a plan; an empty window runs from now to the beginning."""
        cleaned = self.cleaned_data
        starts_at = moment(cleaned["day"], cleaned["starts"])
        return LecturePlan(
            starts_at=starts_at,
            ends_at=moment(cleaned["day"], cleaned["ends"]),
            venue=cleaned["venue"],
            speakers=list(cleaned["speakers"]),
            sign_up_opens_at=cleaned.get("sign_up_opens_at") or self.now,
            sign_up_closes_at=cleaned.get("sign_up_closes_at") or starts_at,
            **{name: cleaned[name] for name in self.Meta.fields},
        )

    def _post_clean(self) -> None:
        """The action writes, so the form must not touch its instance."""


def as_it_stands(lecture: Lecture) -> dict[str, object]:
    """When and where, and who speaks. Sign-up that closes at the start is left empty, so that
    it goes on doing so when the lecture is moved."""
    occasion = lecture.occasion
    starts_at, ends_at = local(occasion.starts_at), local(occasion.ends_at)
    spoken = occasion.duties.filter(work=Duty.Work.SPEAKER).exclude(volunteer=None)
    closes_at = lecture.sign_up_closes_at
    return {
        "day": starts_at.date(),
        "starts": starts_at.time(),
        "ends": ends_at.time(),
        "venue": occasion.venue_id,
        "speakers": list(spoken.values_list("volunteer_id", flat=True)),
        "sign_up_opens_at": lecture.sign_up_opens_at,
        "sign_up_closes_at": None if closes_at == occasion.starts_at else closes_at,
    }
