"""Forms of a series: the same lecture on many days, and changing several of them."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.inputs import DayInput
from residents_school.actions.seasons import SeriesPlan
from residents_school.forms.lectures import AUDIENCE, LectureForm
from residents_school.models import LONGEST, OnClash, WeekendDay
from residents_school.rules.seasons import Season


class SeasonForm(LectureForm):
    """A series as staff plan it; `series_plan()` is what the action takes."""

    day = forms.DateField(label=_("First day"), widget=DayInput)
    weeks = forms.IntegerField(
        label=_("For how many weeks"), min_value=1, max_value=LONGEST, initial=8
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"),
        choices=WeekendDay,
        coerce=int,
        initial=[WeekendDay.SATURDAY],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Holidays, make-up working days and closed days are never lecture days."),
    )
    on_clash = forms.ChoiceField(
        label=_("Where a day is not free"),
        choices=OnClash,
        initial=OnClash.LEAVE_OUT,
        widget=forms.RadioSelect,
    )
    opens_days_before = forms.IntegerField(
        label=_("Sign-up opens … days before each lecture"),
        min_value=1,
        max_value=366,
        required=False,
        help_text=_("Left empty: as soon as it is announced."),
    )
    sign_up_opens_at = sign_up_closes_at = None  # type: ignore[assignment]
    field_order = [
        *(
            "title",
            "topic",
            "teaching_form",
            "day",
            "weeks",
            "weekdays",
            "on_clash",
            "starts",
            "ends",
        ),
        *("venue", "capacity", "speakers", "summary", "outline", "partner"),
        *(*AUDIENCE, "opens_days_before"),
    ]

    def series_plan(self) -> SeriesPlan:
        """The cleaned form as a plan."""
        before = self.cleaned_data["opens_days_before"]
        return SeriesPlan(
            season=self._season(),
            lecture=self.plan(),
            opens_before=timedelta(days=before) if before else None,
        )

    def _season(self) -> Season:
        cleaned = self.cleaned_data
        return Season(
            first_day=cleaned["day"],
            weekdays=frozenset(cleaned["weekdays"]),
            weeks=cleaned["weeks"],
            starts=cleaned["starts"],
            ends=cleaned["ends"],
            venue=cleaned["venue"],
            capacity=cleaned["capacity"],
            on_clash=cleaned["on_clash"],
            speakers=frozenset(volunteer.pk for volunteer in cleaned["speakers"]),
        )


class SeriesChangeForm(LectureForm):
    """What becomes different in several lectures of a series; their days stay."""

    day = sign_up_opens_at = sign_up_closes_at = None  # type: ignore[assignment]
    field_order = [
        *("title", "topic", "teaching_form", "starts", "ends", "venue", "capacity", "speakers"),
        *("summary", "outline", "partner", *AUDIENCE),
    ]

    def changes(self) -> dict[str, object]:
        """Only what was touched, so that each lecture keeps the rest as its own."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
