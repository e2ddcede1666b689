"""Where a child is that has not come."""

from django import forms
from django.utils.translation import gettext_lazy as _

from after_school.models import Whereabouts


class WhereForm(forms.Form):
    """What a guardian taps."""

    said = forms.ChoiceField(
        label=_("where the child is"), choices=Whereabouts.Said, widget=forms.RadioSelect
    )


class WhereCallForm(WhereForm):
    """What staff note of a call."""

    who = forms.CharField(label=_("Who said it in the call"), max_length=40)
