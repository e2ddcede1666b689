"""Bringing somebody of the register into a family."""

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.fields import TypedTextField
from diedie_edu.people.models import Household


class MoveInForm(forms.Form):
    house = TypedTextField(
        label=_("House number of the family"),
        max_length=Household._meta.get_field("label").max_length,
        help_text=_("For example 12-3-501. Whoever lives there belongs to the family."),
    )
    reason = forms.CharField(
        label=_("Who said so, and how you know"),
        max_length=200,
        help_text=_("For example: both came to the desk."),
    )
