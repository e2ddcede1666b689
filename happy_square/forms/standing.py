"""How a group is to stand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.inputs import DayInput


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("The members read it."))


class SuspendForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, and what is to be put right"),
        max_length=200,
        help_text=_("Those who lead the group read it; the members read only until when."),
    )
    until = forms.DateField(label=_("Until"), widget=DayInput)


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("What has been put right"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
