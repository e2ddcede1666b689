"""What the committee approved for grants, who gets one, and what became of it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import DayInput
from diedie_edu.office.forms.spending import ItemField
from diedie_edu.people.choosing import PeopleField
from edu_base.actions.grants import Told
from edu_base.models import Application, Award, CampaignEvent, Fact, GrantFund
from edu_base.models.schemes import PROGRAMME
from edu_base.queries import grants


def this_year() -> int:
    return local_day(local_now()).year


class FundForm(EditModelForm):
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, initial=this_year)

    item = ItemField(
        programme=PROGRAMME,
        help_text=_("Awarded counts there as promised, paid as spent; nobody enters it twice."),
    )

    class Meta:
        model = GrantFund
        fields = [
            *("title_zh", "title_en", "year", "scheme", "total", "amount", "document"),
            *("approved_on", "ceremony", "item"),
        ]
        labels = {"title_zh": _("Kind of grant, Chinese"), "title_en": _("Kind, English")}
        widgets = {"approved_on": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ceremonies = CampaignEvent.objects.filter(kind=CampaignEvent.Kind.AWARD)
        self.fields["ceremony"].queryset = ceremonies.order_by("-pk")
        self.fields["ceremony"].empty_label = _("none yet")

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def _post_clean(self) -> None:
        """The action writes, so the form must not touch its instance."""


class StudentField(PeopleField):
    who = "person"

    def label_from_instance(self, application: Application) -> str:
        return f"{application.person} · {application.intake}"


class AwardForm(forms.Form):
    applications = StudentField(
        label=_("Students"),
        queryset=Application.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    amount = forms.DecimalField(
        label=_("Amount for each, in yuan"),
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
    )
    on = forms.DateField(label=_("Awarded on"), widget=DayInput)

    def __init__(self, *args: Any, fund: GrantFund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = grants.candidates(fund)


class RecordForm(forms.Form):
    """A fact of the grants that are ticked; the button says which."""

    awards = forms.ModelMultipleChoiceField(queryset=Award.objects.none())
    fact = forms.ChoiceField(choices=Fact)
    on = forms.DateField(label=_("On the day"), widget=DayInput)
    note = forms.CharField(
        label=_("Note"),
        max_length=120,
        required=False,
        help_text=_("Where it was announced, or the number of the voucher; no bank numbers."),
    )

    def __init__(self, *args: Any, fund: GrantFund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["awards"].queryset = Award.objects.filter(fund=fund)

    def told(self) -> Told:
        return Told(self.cleaned_data["on"], self.cleaned_data["note"].strip())


class ProxyForm(forms.Form):
    """代领: somebody else signs for the student."""

    on = forms.DateField(label=_("On the day"), widget=DayInput)
    proxy = forms.CharField(label=_("Who signed for them"), max_length=50)
    proxy_is = forms.CharField(
        label=_("Who that is to the student"), max_length=30, help_text=_("E.g. “mother”.")
    )

    def told(self) -> Told:
        return Told(**self.cleaned_data)


class TakeBackForm(forms.Form):
    fact = forms.ChoiceField(choices=Fact, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), max_length=120, help_text=_("It stays with the entry.")
    )
