"""Looking for events of security."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import SecurityEvent

MOST = 2**63 - 1  # a number as long as the database has them


class TrailFilter(forms.Form):
    q = forms.IntegerField(
        label=_("Number of an account"),
        help_text=_("Number of an account"),
        min_value=1,
        max_value=MOST,
        required=False,
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("security", "Event"),
        choices=[("", _("any")), *SecurityEvent.Kind.choices],
        required=False,
    )
    first_day = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last_day = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    names = forms.BooleanField(label=_("Show the names of the accounts"), required=False)
