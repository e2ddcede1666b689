"""What staff enter of a visit and say of a finding, and what a group answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import day_text
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import DayInput
from diedie_edu.office.forms.spending import ItemField
from happy_square.actions.findings import Found
from happy_square.models import Finding, Point, Support
from happy_square.models.groups import PROGRAMME

WORKING_DAYS = (1, 3, 5, 10, 20)
ORDER, FOUND, UNSEEN = "in_order", "found", "unseen"
SEEN = [
    (ORDER, pgettext_lazy("point", "in order")),
    (FOUND, pgettext_lazy("point", "to be put right")),
    (UNSEEN, pgettext_lazy("point", "not looked at")),
]
# What is found most, to be chosen instead of typed.
OFTEN = {
    Point.SAFETY: (
        gettext_lazy("Cables lie across the way."),
        gettext_lazy("The ground is wet or uneven."),
        gettext_lazy("Exits are blocked."),
    ),
    Point.ORDER: (
        gettext_lazy("More space is taken than agreed."),
        gettext_lazy("Things were left behind."),
        gettext_lazy("Goods were advertised or sold."),
    ),
    Point.NOISE: (
        gettext_lazy("The music is too loud."),
        gettext_lazy("There was music after the hours in which it is allowed."),
    ),
    Point.ACCOUNTS: (
        gettext_lazy("Dues are not written down."),
        gettext_lazy("What was spent is not shown to the members."),
    ),
    Point.INSURANCE: (
        gettext_lazy("The insurance has run out."),
        gettext_lazy("Nobody could show the insurance."),
    ),
}


class DueField(forms.TypedChoiceField):
    """A day until which something is put right: so many working days from `today` on, the usual
    ones (FINDING_DAYS) first."""

    def __init__(self, today: date) -> None:
        calendar, usual = known_calendar(), settings.FINDING_DAYS
        numbers = [usual, *(number for number in WORKING_DAYS if number != usual)]
        days = [calendar.working_day_after(today, number) for number in numbers]
        super().__init__(
            label=gettext_lazy("To be put right by"),
            coerce=date.fromisoformat,
            choices=[(f"{day:%Y-%m-%d}", day_text(day, year=False)) for day in days],
        )


@dataclass(frozen=True)
class PointFields:
    """One point of the checklist as the page draws it."""

    point: Point
    seen: forms.BoundField
    what: forms.BoundField
    due_on: forms.BoundField

    @property
    def often(self) -> tuple:
        return OFTEN[self.point]


class VisitForm(forms.Form):
    """Five points, three taps wide, or one button that says that all are in order.

    `sheet` makes sending it twice harmless.
    """

    sheet = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    note = forms.CharField(label=gettext_lazy("Also seen"), max_length=300, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in Point:
            seen = forms.ChoiceField(label=point.label, choices=SEEN, widget=forms.RadioSelect)
            what = forms.CharField(
                label=gettext_lazy("What is to be put right"), max_length=200, required=False
            )
            seen.initial = UNSEEN
            what.widget.attrs["list"] = f"often-{point}"
            self.fields |= {point.value: seen, f"{point}_what": what}
            self.fields[f"{point}_due"] = DueField(today)

    def points(self) -> Iterator[PointFields]:
        for point in Point:
            yield PointFields(point, self[point], self[f"{point}_what"], self[f"{point}_due"])

    @property
    def all_well(self) -> bool:
        return "all_well" in self.data

    def clean(self) -> dict[str, Any]:
        for point in [] if self.all_well else Point:
            name = f"{point}_what"
            if self._seen(point) == FOUND and not self.cleaned_data.get(name):
                self.add_error(name, _("Please say in a few words what is to be put right."))
        return self.cleaned_data

    def in_order(self) -> list[str]:
        return [point.value for point in Point if self.all_well or self._seen(point) == ORDER]

    def found(self) -> list[Found]:
        said = self.cleaned_data
        return [
            Found(point.value, said[f"{point}_what"], said[f"{point}_due"])
            for point in Point
            if self._seen(point) == FOUND and not self.all_well
        ]

    def _seen(self, point: Point) -> str | None:
        return self.cleaned_data.get(point.value)


class AnswerForm(forms.Form):
    """What a group has done about a finding."""

    words = forms.CharField(
        label=gettext_lazy("What have you done?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FollowUpForm(forms.Form):
    """What staff say of a finding; `seen` is the last word that they have read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=gettext_lazy("What did you see?"),
        max_length=300,
        help_text=gettext_lazy("The group reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    told = forms.CharField(
        label=gettext_lazy("Answer to whoever complained"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("They alone read it, once this is put right."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, finding: Finding, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = finding.follow_ups.all()
        self.fields["seen"].initial = words[len(words) - 1].pk if words else None
        self.fields["due_on"] = DueField(today)
        self.fields["due_on"].label = _("If it is not enough: until when")
        if not finding.complaints.all():
            del self.fields["told"]


class SupportForm(EditModelForm):
    item = ItemField(programme=PROGRAMME)

    class Meta:
        model = Support
        fields = ["sort", "what", "amount", "given_on", "receipt", "item"]
        widgets = {"sort": forms.RadioSelect, "given_on": DayInput}
        help_texts = {
            "what": gettext_lazy("e.g. “a loudspeaker, lent until the end of the year”"),
            "receipt": gettext_lazy("Its number, or who signed for it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sort"].choices = Support.Sort.choices

    def _post_clean(self) -> None:
        """The action writes, so the form must not touch its instance."""
