"""The reason that is asked for before people's data leave the house."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("What do you need the list for?"),
        max_length=200,
        help_text=_("It is kept with your account, and read by the branch."),
    )
