"""What staff decide about a festival, what it shows, and what leaders answer."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import local, moment
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import ClockInput, DayInput, MomentInput
from diedie_edu.people.models import Volunteer
from diedie_edu.venues.actions.calendar import lock_calendar
from diedie_edu.venues.models import Venue
from happy_square.actions.festivals import FestivalPlan
from happy_square.actions.rehearsals import RehearsalPlan
from happy_square.actions.running_order import ItemPlan
from happy_square.models import Festival, FestivalInvitation, FestivalItem, Group
from happy_square.queries.festivals import helpers_who_are_free, may_take_part
from happy_square.queries.groups import listed


class WhenAndWhere(forms.Form):
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


class FestivalForm(EditModelForm, WhenAndWhere):
    field_order = (
        *("title", "summary", "introduction", "day", "starts", "ends", "venue", "with_music"),
        *("capacity", "changing_minutes", "needs_sign_up", "sign_up_opens_at"),
    )
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

    class Meta:
        model = Festival
        fields = [
            *("title", "summary", "introduction", "capacity", "needs_sign_up"),
            "changing_minutes",
        ]
        labels = {"title": _("Name of the festival"), "capacity": _("Seats")}
        help_texts = {"needs_sign_up": _("Not ticked: people just come.")}
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        kwargs["initial"] = _as_it_stands(instance) if instance is not None else {}
        super().__init__(*args, **kwargs)
        self.now = now
        if instance is not None:  # as it was
            del self.fields["with_music"]

    def lock(self, rows: Iterable[Any]) -> list[Any]:
        """In the order of `change_festival`: the calendar comes first."""
        if rows:
            lock_calendar()
        return super().lock(rows)

    def plan(self) -> FestivalPlan:
        cleaned = self.cleaned_data
        return FestivalPlan(
            **self.place(),
            sign_up_opens_at=cleaned.get("sign_up_opens_at") or self.now,
            with_music=cleaned.get("with_music", True),
            **{name: cleaned[name] for name in self.Meta.fields},
        )

    def _post_clean(self) -> None:
        """The action writes, so the form must not touch its instance."""


def _as_it_stands(festival: Festival) -> dict[str, object]:
    occasion = festival.occasion
    starts_at, ends_at = local(occasion.starts_at), local(occasion.ends_at)
    return {
        "day": starts_at.date(),
        "starts": starts_at.time(),
        "ends": ends_at.time(),
        "venue": occasion.venue_id,
        "sign_up_opens_at": festival.sign_up_opens_at if festival.needs_sign_up else None,
    }


class InvitationField(forms.ModelChoiceField):
    def label_from_instance(self, invitation: FestivalInvitation) -> str:
        return str(invitation.group)


def _groups_of(festival: Festival, empty: Any, **more: Any) -> InvitationField:
    field = InvitationField(
        label=_("Group"), queryset=may_take_part(festival), required=False, **more
    )
    field.empty_label = empty
    return field


class ItemForm(EditModelForm):
    class Meta:
        model = FestivalItem
        fields = ["title", "minutes", "invitation", "needs"]

    def __init__(self, *args: Any, festival: Festival, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invitation"] = _groups_of(festival, _("no group: a speech, the host"))

    def plan(self) -> ItemPlan:
        return ItemPlan(**{name: self.cleaned_data[name] for name in self.Meta.fields})

    def _post_clean(self) -> None:
        """The action writes, so the form must not touch its instance."""


class InviteForm(forms.Form):
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"), queryset=Group.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("A line for them"),
        max_length=200,
        required=False,
        help_text=_("E.g. “One item of five to eight minutes, please.”"),
    )

    def __init__(self, *args: Any, festival: Festival, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = may_take_part(festival).values("group")
        rows = listed().filter(standing=Group.Standing.ACTIVE).exclude(pk__in=asked)
        self.fields["groups"].queryset = rows.order_by("title")


class AnswerForm(forms.Form):
    """What the group shows, with a yes; a word with either answer."""

    title = forms.CharField(label=_("What do you show?"), max_length=60, required=False)
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=120, required=False
    )
    word = forms.CharField(label=_("A word to the staff"), max_length=200, required=False)

    def shows(self) -> ItemPlan | None:
        """None where the group says later what it shows."""
        cleaned = self.cleaned_data
        if not cleaned["title"]:
            return None
        return ItemPlan(cleaned["title"], cleaned["minutes"] or 5)


class RehearsalForm(WhenAndWhere):
    note = forms.CharField(label=_("What is rehearsed"), max_length=100, required=False)

    def __init__(self, *args: Any, festival: Festival, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invitation"] = _groups_of(festival, _("everybody who takes part"))

    def plan(self) -> RehearsalPlan:
        cleaned = self.cleaned_data
        return RehearsalPlan(**self.place(), invitation=cleaned["invitation"], note=cleaned["note"])


class VolunteerField(forms.ModelChoiceField):
    def label_from_instance(self, volunteer: Volunteer) -> str:
        return volunteer.resident.full_name


class HelperForm(forms.Form):
    volunteer = VolunteerField(label=_("Volunteer"), queryset=Volunteer.objects.none())

    def __init__(self, *args: Any, festival: Festival, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = helpers_who_are_free(festival.occasion)
        self.fields["volunteer"].queryset = free
        self.fields["volunteer"].empty_label = _("Please choose")
