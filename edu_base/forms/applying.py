"""What an application tells, the papers with it, and the three questions of the self-check."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.common.documents import ACCEPTED
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import DayInput
from edu_base.forms.starting import IntakeField
from edu_base.models import (
    Application,
    ApplicationDocument,
    Belonging,
    Intake,
    Major,
    PaperKind,
    Schooling,
)
from edu_base.queries.applications import open_intakes
from edu_base.rules.papers import covered_number


class DetailsForm(EditModelForm):
    """All that a class asks. The number of the identity paper is never shown again: left empty, it
    stays."""

    intake = IntakeField()
    number = forms.CharField(
        label=gettext_lazy("Number of the identity paper"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = Application
        fields = [
            *("intake", "major", "paper_kind", "schooling", "school", "finished_on"),
            *("belongs_by", "employed_since", "address", "words"),
        ]
        widgets = {
            "finished_on": DayInput(),
            "employed_since": DayInput(),
            "address": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "words": forms.Textarea(attrs={"rows": 4}),
        }
        labels = {
            "paper_kind": gettext_lazy("Identity paper"),
            "schooling": gettext_lazy("What have you finished?"),
            "school": gettext_lazy("School last attended"),
            "finished_on": gettext_lazy("Finished on"),
            "belongs_by": gettext_lazy("How do you belong to the community?"),
            "employed_since": gettext_lazy("If you work here: since when?"),
            "address": gettext_lazy("Home address"),
            "major": gettext_lazy("Major, if you know already"),
            "words": gettext_lazy("Why would you like to study?"),
        }

    field_order = (
        *("intake", "major", "paper_kind", "number", "schooling", "school", "finished_on"),
        *("belongs_by", "employed_since", "address", "words"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row, chosen = self.instance, self.fields
        chosen["intake"].queryset = open_intakes(today, row.scheme) | Intake.objects.filter(
            pk=row.intake_id
        ).select_related("college")
        chosen["major"].queryset = Major.objects.filter(intakes=row.intake_id)
        if not chosen["major"].queryset:
            del chosen["major"]
        for name, kind in (
            ("paper_kind", PaperKind),
            ("schooling", Schooling),
            ("belongs_by", Belonging),
        ):
            chosen[name].choices = [("", gettext_lazy("please choose")), *kind.choices]
            chosen[name].required = True
        chosen["address"].required = True
        self._about_number(row)

    def _about_number(self, row: Application) -> None:
        field = self.fields["number"]
        field.required = not row.paper_number
        field.help_text = _("As it stands on the paper. It is kept sealed and shown covered.")
        if row.paper_number:
            covered = covered_number(row.paper_number)
            field.help_text = _("Kept: %s. Leave it empty to keep it so.") % covered

    def clean(self) -> None:
        told, row = self.cleaned_data, self.instance
        kind = told.get("paper_kind")
        if row.paper_number and not told.get("number") and kind != self.initial.get("paper_kind"):
            text = _("Another paper has another number: please type it in.")
            self.add_error("number", ValidationError(text, code="other_kind"))


class DocumentForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("A picture or a PDF; a clear photograph is enough."),
    )
    sort = forms.ChoiceField(
        label=gettext_lazy("Which paper"), choices=ApplicationDocument.Sort.choices
    )


class StopForm(forms.Form):
    """A second guardian's no."""

    said_by = forms.CharField(label=gettext_lazy("Who says no"), max_length=60)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class SettleForm(forms.Form):
    settlement = forms.CharField(
        label=gettext_lazy("How it was settled"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SelfCheckForm(forms.Form):
    """Three questions; nothing of them is kept."""

    birth_date = forms.DateField(label=gettext_lazy("When were you born?"), widget=DayInput)
    schooling = forms.ChoiceField(
        label=gettext_lazy("What have you finished?"),
        choices=Schooling.choices,
        widget=forms.RadioSelect,
    )
    belongs_by = forms.ChoiceField(
        label=gettext_lazy("How do you belong to the community?"),
        choices=[*Belonging.choices, ("none", gettext_lazy("none of these"))],
        widget=forms.RadioSelect,
    )
