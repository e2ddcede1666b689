"""Forms of whoever runs a group: they translate, and decide nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.forms.hours import AsksOddHours
from diedie_edu.common.days import WEEKDAYS, local, moment
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.inputs import ClockInput, DayInput
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Venue
from happy_square.actions.dates import lock_groups
from happy_square.models import MeetUp

# What a leader most often calls a date off for: one tap each.
REASONS = (_("rain"), _("great heat"), _("the leader cannot come"), _("a holiday"))


class PlaceField(forms.ModelChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Where"), queryset=Venue.objects.filter(is_open=True), empty_label=None
        )


class TimesForm(AsksOddHours):
    """From when to when, and where."""

    starts = forms.TimeField(label=_("Begins at"), widget=ClockInput)
    ends = forms.TimeField(label=_("Ends at"), widget=ClockInput)
    venue = PlaceField()


class WeeklyTimeForm(TimesForm):
    weekday = forms.TypedChoiceField(
        label=_("Every"), coerce=int, choices=list(enumerate(WEEKDAYS, start=1))
    )
    with_music = forms.BooleanField(label=_("with music"), required=False)
    field_order = ("weekday", "starts", "ends", "venue", "with_music")


class DateForm(TimesForm):
    """One date."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    with_music = forms.BooleanField(label=_("with music"), required=False)
    field_order = ("day", "starts", "ends", "venue", "with_music")

    def times(self) -> dict[str, Any]:
        """The cleaned form as the actions take it."""
        cleaned = self.cleaned_data
        return {
            "starts_at": moment(cleaned["day"], cleaned["starts"]),
            "ends_at": moment(cleaned["day"], cleaned["ends"]),
            "venue": cleaned["venue"],
        }


class MoveForm(EditForm, DateForm):
    with_music = None  # type: ignore[assignment]  # as it was
    field_order = ("day", "starts", "ends", "venue")  # type: ignore[assignment]

    def __init__(self, *args: Any, meet_up: MeetUp, **kwargs: Any) -> None:
        super().__init__(*args, rows=[meet_up.occasion], **kwargs)
        occasion = self.rows[0]
        starts, ends = local(occasion.starts_at), local(occasion.ends_at)
        self.initial.update(
            {
                "day": starts.date(),
                "starts": starts.time(),
                "ends": ends.time(),
                "venue": occasion.venue_id,
            }
        )

    def lock(self, rows: Iterable[Any]) -> list[Any]:
        [occasion] = rows
        lock_calendar()
        lock_groups([occasion.activity_id])
        return super().lock([occasion])


class FreeTimeForm(forms.Form):
    """Which date takes which free time: what a button names."""

    time = forms.IntegerField()
    day = forms.DateField()
    starts_at = forms.DateTimeField()


class WordsForm(forms.Form):
    """A word to the dates of the week."""

    words = forms.CharField(
        label=_("A word to all (may stay empty)"),
        max_length=120,
        required=False,
        help_text=_("E.g. “Please wear red on Saturday.”"),
    )


class CallOffForm(forms.Form):
    """A prepared reason by its button, or one's own words."""

    reason = forms.CharField(label=_("Another reason"), max_length=60)


class NoteForm(EditForm):
    note = forms.CharField(
        label=_("What was done"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, meet_up: MeetUp, **kwargs: Any) -> None:
        super().__init__(*args, rows=[meet_up], **kwargs)
        self.initial.update({"note": self.rows[0].note})
