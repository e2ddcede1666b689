"""A day that changes, and what is called off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.actions.changed_days import DayPlan, Decision
from diedie_edu.activities.actions.closed_rooms import RoomPlan
from diedie_edu.activities.changed_days import Addition
from diedie_edu.activities.queries.changed_days import CHOICE_WORDS, Choice, Planned
from diedie_edu.activities.queries.closed_rooms import PlannedBooking
from diedie_edu.activities.rules import schedule
from diedie_edu.common import refusals
from diedie_edu.common.calendar import SpecialDayKind
from diedie_edu.common.days import local, moment, time_text
from diedie_edu.common.inputs import ClockInput, DayInput
from diedie_edu.venues.models import ClosedTime, Venue

AnyPlanned = Planned | PlannedBooking
# In addresses, for what the public calendar says of a day.
USUAL = "usual"
KINDS = (
    (SpecialDayKind.CLOSED, _("closed: typhoon, power cut")),
    (SpecialDayKind.OFF, _("holiday")),
    (SpecialDayKind.WORKING, _("make-up working day")),
    (USUAL, _("as the public calendar says")),
)


class DayToChangeForm(forms.Form):
    """Which day becomes what; what it comes to is shown before anything happens."""

    day = forms.DateField(label=_("Which day?"), widget=DayInput)
    kind = forms.ChoiceField(label=_("What becomes of it?"), choices=KINDS)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        with refusals.as_error():
            schedule.check_can_be_closed(self.cleaned_data["day"], self.today)
        return self.cleaned_data["day"]


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Everybody signed up reads it, e.g. “The speaker is ill.”"),
    )

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"].strip()
        if not reason:
            raise ValidationError(_("Please say why; people will read it."))
        return reason


@dataclass(frozen=True)
class Line:
    """One row with its fields; `when` are those of a move."""

    planned: AnyPlanned
    choice: BoundField
    when: Sequence[BoundField]


def _with_places(room: Venue) -> str:
    places = gettext("%(places)s places") % {"places": room.places}
    return f"{room} · {places}"


class DecidingForm(forms.Form):
    """What becomes of each of the `planned`; the keys of what the page showed are carried along."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=60,
        help_text=_("Everybody concerned reads it, e.g. “Typhoon warning”."),
    )

    def __init__(
        self, *args: Any, planned: Sequence[AnyPlanned], proposes: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.planned, self.proposes = planned, proposes
        self.rooms = Venue.objects.filter(is_open=True).in_bulk()
        # Keys of what the page showed; a page that is shown anew carries its own.
        self.shown = frozenset(self.data.getlist("shown") if self.is_bound else ())
        for row in planned:
            self._add(row)

    def _add(self, row: AnyPlanned) -> None:
        choices = [(choice, CHOICE_WORDS[choice]) for choice in row.choices]
        self.fields[f"choice_{row.name}"] = forms.ChoiceField(
            label=row.title,
            choices=choices,
            initial=row.choices[0] if self.proposes else None,
            widget=forms.RadioSelect,
        )
        if Choice.MOVE in row.choices:
            self._add_time(row)
        if {Choice.MOVE, Choice.ROOM} & {*row.choices}:
            self.fields[f"venue_{row.name}"] = forms.TypedChoiceField(
                label=_("Room"),
                required=False,
                choices=[
                    ("", _("the same room") if Choice.MOVE in row.choices else "—"),
                    *((str(pk), _with_places(room)) for pk, room in self.rooms.items()),
                ],
                coerce=lambda pk: self.rooms[int(pk)],
                empty_value=None,
            )

    def _add_time(self, row: AnyPlanned) -> None:
        self.fields[f"day_{row.name}"] = forms.DateField(
            label=_("New day"), required=False, widget=DayInput
        )
        self.fields[f"starts_{row.name}"] = forms.TimeField(
            label=_("Begins at"),
            required=False,
            widget=ClockInput,
            help_text=_("Left empty: %s as before") % time_text(row.first.starts_at),
        )

    def lines(self) -> Iterator[Line]:
        for row in self.planned:
            names = [f"{part}_{row.name}" for part in ("day", "starts", "venue")]
            when = [self[name] for name in names if name in self.fields]
            yield Line(row, self[f"choice_{row.name}"], when)

    def decisions(self) -> dict[str, Decision]:
        """By the rows' names."""
        return {row.name: self._decision(row) for row in self.planned}

    def _decision(self, row: AnyPlanned) -> Decision:
        cleaned = self.cleaned_data
        choice = Choice(cleaned[f"choice_{row.name}"])
        day, starts = cleaned.get(f"day_{row.name}"), cleaned.get(f"starts_{row.name}")
        at = moment(day, starts or local(row.first.starts_at).time()) if day else None
        return Decision(choice, at, cleaned.get(f"venue_{row.name}"))


class DayChangeForm(DecidingForm):
    """What becomes of all that is planned on the day; `plan()` is what the action takes."""

    def __init__(
        self, *args: Any, day: date, kind: str, besides: Sequence[Addition], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.day, self.kind, self.additions = day, kind, besides
        for more in besides:
            choices = [("", _("no")), *more.timetables]
            self.fields[f"besides_{more.activity}"] = forms.TypedChoiceField(
                label=more.title, choices=choices, required=False, coerce=int, empty_value=None
            )

    def besides(self) -> list[BoundField]:
        return [self[f"besides_{more.activity}"] for more in self.additions]

    def plan(self) -> DayPlan:
        """The cleaned form as a plan."""
        cleaned = self.cleaned_data
        held = {more.activity: cleaned[f"besides_{more.activity}"] for more in self.additions}
        return DayPlan(
            day=self.day,
            kind="" if self.kind == USUAL else self.kind,
            reason=cleaned["reason"],
            shown=self.shown,
            decisions=self.decisions(),
            besides={activity: timetable for activity, timetable in held.items() if timetable},
        )


class RoomToCloseForm(forms.Form):
    """Which room is closed from when to when: whole days where no time is said."""

    venue = forms.ModelChoiceField(label=_("Which room?"), queryset=Venue.objects.all())
    first = forms.DateField(label=_("First day"), widget=DayInput)
    starts = forms.TimeField(
        label=_("from"), required=False, widget=ClockInput, help_text=_("Left empty: all day")
    )
    last = forms.DateField(
        label=_("Last day"), required=False, widget=DayInput, help_text=_("Left empty: one day")
    )
    ends = forms.TimeField(label=_("to"), required=False, widget=ClockInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> None:
        if not self.errors:
            with refusals.as_error():
                schedule.check_closed_time(self.closed(), self.now)

    def closed(self, reason: str = "") -> ClosedTime:
        """Not saved."""
        typed = self.cleaned_data
        last, ends = typed["last"] or typed["first"], typed["ends"]
        return ClosedTime(
            venue=typed["venue"],
            starts_at=moment(typed["first"], typed["starts"] or time.min),
            ends_at=moment(last, ends) if ends else moment(last + timedelta(days=1)),
            reason=reason,
        )


class RoomClosingForm(DecidingForm):
    """What becomes of all that stands in the room; nothing is proposed, each is chosen."""

    def __init__(self, *args: Any, closed: ClosedTime, **kwargs: Any) -> None:
        super().__init__(*args, proposes=False, **kwargs)
        self.closed = closed

    def plan(self) -> RoomPlan:
        self.closed.reason = self.cleaned_data["reason"]
        return RoomPlan(self.closed, self.shown, self.decisions())
