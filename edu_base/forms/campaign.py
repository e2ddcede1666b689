"""The campaign's events and milestones, and what enterprises offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.forms.events import EventForm
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import DayInput
from diedie_edu.people.choosing import FindsPeople, PersonField
from diedie_edu.people.models import Organisation, Resident
from edu_base.actions.campaign import CampaignPlan
from edu_base.models import CampaignEvent, EnterpriseOffer, Milestone


class CampaignEventForm(EventForm):
    field_order = (
        *("kind", "title", "summary", "introduction", "day", "starts", "ends", "venue"),
        *("with_music", "capacity", "needs_sign_up", "sign_up_opens_at"),
    )
    plan_class = CampaignPlan

    class Meta(EventForm.Meta):
        model = CampaignEvent
        fields = [*EventForm.Meta.fields, "kind"]
        labels = EventForm.Meta.labels | {"title": _("Name of the event")}
        widgets = EventForm.Meta.widgets | {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = CampaignEvent.Kind.choices


class MilestoneForm(EditModelForm):
    class Meta:
        model = Milestone
        fields = ["title_zh", "title_en", "starts_on", "due_on"]
        labels = {"title_zh": _("What is to be done, Chinese"), "title_en": _("English")}
        widgets = {"starts_on": DayInput, "due_on": DayInput}
        help_texts = {"starts_on": _("Only where it goes on for some time, such as publicity.")}


class OfferForm(forms.ModelForm):
    class Meta:
        model = EnterpriseOffer
        fields = ["enterprise", "kind", "title", "places"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {"title": _("E.g. “fitters, two shifts”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.filter(kind=Organisation.Kind.ENTERPRISE)
        self.fields["enterprise"].queryset = rows.order_by("title")
        self.fields["enterprise"].empty_label = _("Please choose")
        self.fields["kind"].choices = EnterpriseOffer.Kind.choices

    def _post_clean(self) -> None:
        """The action writes, so the form must not touch its instance."""


class OfferField(forms.ModelChoiceField):
    def label_from_instance(self, offer: EnterpriseOffer) -> str:
        return f"{offer.enterprise}：{offer.title}"


class InterestForm(FindsPeople):
    """Staff write down at the stand whom an offer interests, among those who came."""

    offer = OfferField(
        label=_("Offer"), queryset=EnterpriseOffer.objects.none(), empty_label=_("Please choose")
    )
    resident = PersonField(
        label=_("Who"),
        queryset=Resident.objects.none(),
        empty_label=_("Please choose"),
        help_text=_("Those who were checked in at the door."),
    )

    def __init__(self, *args: Any, event: CampaignEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offer"].queryset = event.offers.select_related("enterprise")
        came = Resident.objects.filter(attendances__occasion__activity=event.pk)
        self.fields["resident"].queryset = came.order_by("sort_key", "pk")
