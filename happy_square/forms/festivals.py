"""What staff decide about a festival, what it shows, and what leaders answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.forms.events import EventForm, WhenAndWhere
from diedie_edu.common.edit_forms import EditModelForm
from happy_square.actions.festivals import FestivalPlan
from happy_square.actions.rehearsals import RehearsalPlan
from happy_square.actions.running_order import ItemPlan
from happy_square.models import Festival, FestivalInvitation, FestivalItem, Group
from happy_square.queries.festivals import may_take_part
from happy_square.queries.groups import listed


class FestivalForm(EventForm):
    field_order = (
        *("title", "summary", "introduction", "day", "starts", "ends", "venue", "with_music"),
        *("capacity", "changing_minutes", "needs_sign_up", "sign_up_opens_at"),
    )
    plan_class = FestivalPlan

    class Meta(EventForm.Meta):
        model = Festival
        fields = [*EventForm.Meta.fields, "changing_minutes"]
        labels = EventForm.Meta.labels | {"title": _("Name of the festival")}


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
