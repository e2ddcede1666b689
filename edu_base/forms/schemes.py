"""Years of schemes and their classes, as staff keep them in the admin site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import refusals
from diedie_edu.common.edit_forms import EditModelForm
from edu_base.models import Belonging, Intake, SchemeYear, Schooling
from edu_base.rules import schemes as rules


class SchemeYearForm(EditModelForm):
    class Meta:
        model = SchemeYear
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        with refusals.in_form(self):
            rules.check_limits(self.instance, told)
        return told


class Several(forms.MultipleChoiceField):
    """None ticked means any."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices: Any, label: Any) -> None:
        help_text = _("None ticked means any.")
        super().__init__(choices=choices, label=label, required=False, help_text=help_text)


class IntakeForm(EditModelForm):
    """Scheme and year are those of the year that it belongs to."""

    schoolings = Several(Schooling.choices, _("schooling accepted"))
    belongings = Several(Belonging.choices, _("who belongs to the community"))

    class Meta:
        model = Intake
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        with refusals.in_form(self):
            rules.check_limits(self.instance, told)
            rules.check_counts_on(told)
            rules.check_window(told)
        if of_year := told.get("scheme_year"):
            self.instance.scheme, self.instance.year = of_year.scheme, of_year.year
        return told
