"""What staff say of places: how many are proposed, from when names stand in public, who came."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.inputs import DayInput
from edu_base.actions.announcing import Resolved
from edu_base.models import Application

YES, NO = "yes", "no"


class ProposeForm(forms.Form):
    """`seen` is what the preview showed."""

    number = forms.IntegerField(label=_("How many are proposed"), min_value=0)
    fills_reserve = forms.BooleanField(
        label=_("Everybody else goes on the reserve list"), required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, free: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs["max"] = free


class AnnounceForm(forms.Form):
    """The last day follows from the class's working days."""

    first_on = forms.DateField(label=_("First day"), widget=DayInput())


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The applicant reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswersForm(forms.Form):
    """A yes, a no with its reason, or nothing yet, for each of several applications."""

    words = (pgettext_lazy("an answer", "yes"), pgettext_lazy("an answer", "no"))

    def __init__(self, *args: Any, rows: Iterable[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        choices = [("", _("not yet")), *zip((YES, NO), self.words, strict=True)]
        for row in self.rows:
            self.fields[f"answer_{row.pk}"] = forms.ChoiceField(
                label=_("Answer for %(name)s") % {"name": row.person},
                choices=choices,
                required=False,
            )
            self.fields[f"reason_{row.pk}"] = forms.CharField(
                label=_("Reason for a no to %(name)s") % {"name": row.person},
                max_length=200,
                required=False,
            )

    def lines(self) -> Iterator[tuple[Application, Any, Any]]:
        for row in self.rows:
            yield row, self[f"answer_{row.pk}"], self[f"reason_{row.pk}"]

    def yes(self) -> list[Application]:
        return [row for row in self.rows if self.cleaned_data[f"answer_{row.pk}"] == YES]

    def no(self) -> dict[Application, str]:
        found = [row for row in self.rows if self.cleaned_data[f"answer_{row.pk}"] == NO]
        return {row: self.cleaned_data[f"reason_{row.pk}"] for row in found}

    def clean(self) -> dict[str, Any]:
        for row, reason in self.no().items():
            if not reason:
                self.add_error(f"reason_{row.pk}", _("Give the reason; the applicant reads it."))
        return self.cleaned_data


class ResolveForm(AnswersForm):
    """The committee's resolution."""

    decided_on = forms.DateField(label=_("Resolved on"), widget=DayInput())
    document_number = forms.CharField(label=_("Number of the document"), max_length=60)
    words = (_("confirmed"), pgettext_lazy("by the committee", "not confirmed"))

    def resolved(self) -> Resolved:
        return Resolved(
            decided_on=self.cleaned_data["decided_on"],
            document_number=self.cleaned_data["document_number"],
            yes=[row.pk for row in self.yes()],
            no={row.pk: reason for row, reason in self.no().items()},
        )


class ReportForm(AnswersForm):
    """Who has come to the college."""

    words = (_("has reported"), _("does not come"))
