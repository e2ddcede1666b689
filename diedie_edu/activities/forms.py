"""A day that changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.actions.changed_days import DayPlan, Decision
from diedie_edu.activities.changed_days import Addition
from diedie_edu.activities.queries.changed_days import CHOICE_WORDS, Choice, Planned
from diedie_edu.activities.rules import schedule
from diedie_edu.common import refusals
from diedie_edu.common.calendar import SpecialDayKind
from diedie_edu.common.days import local, moment, time_text
from diedie_edu.common.inputs import ClockInput, DayInput
from diedie_edu.venues.models import Venue

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


@dataclass(frozen=True)
class Line:
    """One activity of the day with its fields; `when` are those of a move."""

    planned: Planned
    choice: BoundField
    when: Sequence[BoundField]


class DayChangeForm(forms.Form):
    """What becomes of all that is planned on the day; `plan()` is what the action takes."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=60,
        help_text=_("Everybody concerned reads it, e.g. “Typhoon warning”."),
    )

    def __init__(
        self,
        *args: Any,
        day: date,
        kind: str,
        planned: Sequence[Planned],
        besides: Sequence[Addition],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.day, self.kind, self.planned, self.additions = day, kind, planned, besides
        # Keys of what the page showed; a day that is shown anew carries its own.
        self.shown = frozenset(self.data.getlist("shown") if self.is_bound else ())
        for row in planned:
            self._add(row)
        for more in besides:
            choices = [("", _("no")), *more.timetables]
            self.fields[f"besides_{more.activity}"] = forms.TypedChoiceField(
                label=more.title, choices=choices, required=False, coerce=int, empty_value=None
            )

    def _add(self, row: Planned) -> None:
        choices = [(choice, CHOICE_WORDS[choice]) for choice in row.choices]
        self.fields[f"choice_{row.name}"] = forms.ChoiceField(
            label=row.activity.title,
            choices=choices,
            initial=row.choices[0],
            widget=forms.RadioSelect,
        )
        if Choice.MOVE not in row.choices:
            return
        self.fields[f"day_{row.name}"] = forms.DateField(
            label=_("New day"), required=False, widget=DayInput
        )
        self.fields[f"starts_{row.name}"] = forms.TimeField(
            label=_("Begins at"),
            required=False,
            widget=ClockInput,
            help_text=_("Left empty: %s as before") % time_text(row.first.starts_at),
        )
        self.fields[f"venue_{row.name}"] = forms.ModelChoiceField(
            label=_("Room"),
            required=False,
            queryset=Venue.objects.filter(is_open=True),
            empty_label=_("the same room"),
        )

    def lines(self) -> Iterator[Line]:
        for row in self.planned:
            names = [f"{part}_{row.name}" for part in ("day", "starts", "venue")]
            when = [self[name] for name in names if name in self.fields]
            yield Line(row, self[f"choice_{row.name}"], when)

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
            decisions={row.name: self._decision(row) for row in self.planned},
            besides={activity: timetable for activity, timetable in held.items() if timetable},
        )

    def _decision(self, row: Planned) -> Decision:
        cleaned = self.cleaned_data
        choice = Choice(cleaned[f"choice_{row.name}"])
        day, starts = cleaned.get(f"day_{row.name}"), cleaned.get(f"starts_{row.name}")
        at = moment(day, starts or local(row.first.starts_at).time()) if day else None
        return Decision(choice, at, cleaned.get(f"venue_{row.name}"))
