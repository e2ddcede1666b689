"""Terms as staff plan them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from after_school.actions.changing_terms import TermChange
from after_school.actions.terms import TermPlan, ZonePlan
from after_school.models import DayTopic, Term, Weekday, Zone, ZoneDay
from after_school.rules.terms import TermDay, TermDays
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.inputs import ClockInput, DayInput
from diedie_edu.common.sent import sent_day
from diedie_edu.venues.models import Venue

BREAK = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})\s*[~～—至到,，\s]\s*(\d{4}-\d{1,2}-\d{1,2})\s+(.+)")


class TermFrame(forms.Form):
    """What a term is called, when it is held, and where."""

    title = forms.CharField(
        label=_("Title of the term"), max_length=80, help_text=_("e.g. “Autumn term 2026”")
    )
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput)
    starts = forms.TimeField(label=_("Begins at"), widget=ClockInput, initial=time(16, 30))
    ends = forms.TimeField(label=_("Ends at"), widget=ClockInput, initial=time(19, 0))
    homework_venue = forms.ModelChoiceField(
        label=_("Room of the homework zone"), queryset=Venue.objects.none()
    )
    activities_venue = forms.ModelChoiceField(
        label=_("Room of the activity zone"), queryset=Venue.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("homework_venue", "activities_venue"):
            self.fields[name].queryset = Venue.objects.filter(is_open=True)
            self.fields[name].empty_label = _("Please choose")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        rooms = (cleaned.get("homework_venue"), cleaned.get("activities_venue"))  # type: ignore[union-attr]
        if rooms[0] is not None and rooms[0] == rooms[1]:
            self.add_error("activities_venue", _("The two zones need a room each."))
        return cleaned  # type: ignore[return-value]


class TermForm(TermFrame):
    """A whole term; `plan()` and `break_titles()` are what the action takes."""

    field_order = [
        *("title", "first_day", "last_day", "starts", "ends"),
        *("homework_venue", "homework_places", "activities_venue", "activities_places"),
    ]
    homework_places = forms.IntegerField(
        label=_("Places in the homework zone"), min_value=1, max_value=1000, initial=20
    )
    activities_places = forms.IntegerField(
        label=_("Places in the activity zone"), min_value=1, max_value=1000, initial=20
    )
    adults = forms.IntegerField(
        label=_("Adults in each zone, at least"), min_value=1, max_value=50, initial=2
    )
    children_per_adult = forms.IntegerField(
        label=_("Children for each adult, at most"), min_value=1, max_value=100, initial=10
    )
    breaks = forms.CharField(
        label=_("School breaks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: first day, last day, name. E.g. 2026-10-01 2026-10-08 Autumn"),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_breaks(self) -> list[tuple[date, date, str]]:
        """Each line as days and a name."""
        return [
            self._break(number, line.strip())
            for number, line in enumerate(self.cleaned_data["breaks"].splitlines(), 1)
            if line.strip()
        ]

    def _break(self, number: int, line: str) -> tuple[date, date, str]:
        wrong = ValidationError(
            _("Line %(number)s: write the first day, the last day and a name, with spaces.")
            % {"number": number}
        )
        match = BREAK.fullmatch(line)
        if match is None:
            raise wrong
        first, last = (sent_day(_padded(part)) for part in match.group(1, 2))
        if first is None or last is None or last < first:
            raise wrong
        return first, last, match.group(3)[:40]

    def days(self) -> TermDays:
        cleaned = self.cleaned_data
        return TermDays(
            first_day=cleaned["first_day"],
            last_day=cleaned["last_day"],
            starts=cleaned["starts"],
            ends=cleaned["ends"],
            breaks=[(first, last) for first, last, _title in cleaned["breaks"]],
        )

    def break_titles(self) -> list[str]:
        return [title for _first, _last, title in self.cleaned_data["breaks"]]

    def plan(self) -> TermPlan:
        """The cleaned form as a plan; sign-up opens at once when it is announced."""
        return TermPlan(
            title=self.cleaned_data["title"],
            days=self.days(),
            zones=[self._zone(kind) for kind in Zone.Kind.values],
            sign_up_opens_at=self.now,
        )

    def _zone(self, kind: str) -> ZonePlan:
        cleaned = self.cleaned_data
        return ZonePlan(
            kind=kind,
            venue=cleaned[f"{kind}_venue"],
            places=cleaned[f"{kind}_places"],
            adults=cleaned["adults"],
            children_per_adult=cleaned["children_per_adult"],
        )


def _padded(day: str) -> str:
    year, month, number = day.split("-")
    return f"{year}-{month:>02}-{number:>02}"


class TermChangeForm(EditForm, TermFrame):
    """What becomes of a term and of its days ahead; `change()` is what the action takes."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("For days that are called off: families and volunteers read it."),
    )

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, rows=[term, *term.zones.order_by("pk")], **kwargs)

    def about_rows(self, options: dict[str, Any]) -> dict[str, Any]:
        term, *zones = self.rows
        names = ("title", "first_day", "last_day", "starts", "ends")
        stored = {name: getattr(term, name) for name in names}
        rooms = {f"{zone.kind}_venue": zone.venue_id for zone in zones}
        return options | {"initial": stored | rooms}

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if self._ends_earlier(cleaned) and not cleaned.get("reason"):
            self.add_error("reason", _("Say why days are called off."))
        return cleaned

    def _ends_earlier(self, cleaned: dict[str, Any]) -> bool:
        term = self.rows[0]
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        return bool((first and first > term.first_day) or (last and last < term.last_day))

    def change(self) -> TermChange:
        cleaned = self.cleaned_data
        days = {name: cleaned[name] for name in ("first_day", "last_day", "starts", "ends")}
        venues = {kind: cleaned[f"{kind}_venue"] for kind in Zone.Kind.values}
        return TermChange(cleaned["title"], TermDays(**days), venues)


class BreakForm(forms.Form):
    title = forms.CharField(label=_("Name of the break"), max_length=40)
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput)


class MakeupForm(forms.Form):
    """Which make-up workday is held, and by the timetable of which weekday."""

    day = forms.DateField(widget=forms.HiddenInput)
    weekday = forms.TypedChoiceField(
        label=_("By the timetable of"), choices=Weekday.choices, coerce=int
    )

    def __init__(self, *args: Any, row: TermDay | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is not None:
            self.initial["day"] = row.day
            self.auto_id = f"id_{row.day:%m%d}_%s"


class TopicForm(EditForm):
    """The topic of a day in the activity zone; empty for none. `offered` are read once for all."""

    topic = forms.TypedChoiceField(
        label=_("Topic of the day"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, *args: Any, zone_day: ZoneDay, offered: Sequence[DayTopic], **kwargs: Any
    ) -> None:
        super().__init__(*args, rows=[zone_day], auto_id=f"id_{zone_day.pk}_%s", **kwargs)
        self.zone_day = self.rows[0]
        self.initial["topic"] = self.zone_day.topic_id
        own = [zone_day.topic] if zone_day.topic else []
        self.topics = {topic.pk: topic for topic in [*own, *offered]}
        titles = [(pk, topic.title) for pk, topic in self.topics.items()]
        self.fields["topic"].choices = [("", _("no topic")), *titles]

    def chosen(self) -> DayTopic | None:
        return self.topics.get(self.cleaned_data["topic"])
