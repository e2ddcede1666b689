"""What staff decide about an event, with its day and place."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.actions.events import EventPlan
from diedie_edu.activities.forms.hours import AsksOddHours
from diedie_edu.activities.models.events import Event
from diedie_edu.common.days import local, moment
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import ClockInput, DayInput, MomentInput
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Venue


class WhenAndWhere(AsksOddHours):
    day = forms.DateField(label=_("Day"), widget=DayInput)
    starts = forms.TimeField(label=_("Begins at"), widget=ClockInput, initial=time(19, 0))
    ends = forms.TimeField(label=_("Ends at"), widget=ClockInput, initial=time(21, 0))
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=Venue.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has = self.initial.get("venue")
        self.fields["venue"].queryset = Venue.objects.filter(Q(is_open=True) | Q(pk=has))
        self.fields["venue"].empty_label = _("Please choose")

    def place(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "starts_at": moment(cleaned["day"], cleaned["starts"]),
            "ends_at": moment(cleaned["day"], cleaned["ends"]),
            "venue": cleaned["venue"],
        }


# What staff choose for whoever waits together, in a sentence.
HOLDS_HELP = _(
    "Ticked: seats that come back one by one are kept for the first household in the queue for "
    "some hours, until there are enough for all of it. Not ticked: whoever waits alone goes ahead, "
    "and the household reads so."
)


class EventForm(EditModelForm, WhenAndWhere):
    """A programme's form names its model, its fields and its plan."""

    with_music = forms.BooleanField(
        label=_("With music"),
        required=False,
        initial=True,
        help_text=_("Rooms say when music is allowed in them."),
    )
    sign_up_opens_at = forms.DateTimeField(
        label=_("Sign-up opens"),
        required=False,
        widget=MomentInput,
        help_text=_("Only where people sign up. Left empty: as soon as it is announced."),
    )

    plan_class: ClassVar[type[EventPlan]] = EventPlan

    class Meta:
        fields = [
            *("title", "summary", "introduction", "capacity", "needs_sign_up"),
            "holds_for_parties",
        ]
        labels = {"capacity": _("Seats")}
        help_texts = {
            "needs_sign_up": _("Not ticked: people just come."),
            "holds_for_parties": HOLDS_HELP,
        }
        widgets: ClassVar[dict[str, Any]] = {"introduction": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        stored = _as_it_stands(instance) if instance is not None else {}
        kwargs["initial"] = stored | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.now = now
        if instance is not None:  # as it was
            del self.fields["with_music"]

    def lock(self, rows: Iterable[Any]) -> list[Any]:
        """In the order of `change_event`: the calendar comes first."""
        if rows:
            lock_calendar()
        return super().lock(rows)

    def plan(self) -> Any:
        cleaned = self.cleaned_data
        return self.plan_class(
            **self.place(),
            sign_up_opens_at=cleaned.get("sign_up_opens_at") or self.now,
            with_music=cleaned.get("with_music", True),
            **{name: cleaned[name] for name in self.Meta.fields},
        )

    def _post_clean(self) -> None:
        """The action writes, so the form must not touch its instance."""


def _as_it_stands(event: Event) -> dict[str, object]:
    occasion = event.occasion
    starts_at, ends_at = local(occasion.starts_at), local(occasion.ends_at)
    return {
        "day": starts_at.date(),
        "starts": starts_at.time(),
        "ends": ends_at.time(),
        "venue": occasion.venue_id,
        "sign_up_opens_at": event.sign_up_opens_at if event.needs_sign_up else None,
    }
