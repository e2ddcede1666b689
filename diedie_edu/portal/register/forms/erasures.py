"""What staff write down when somebody asks to be erased."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.people.models import ErasureRequest, PersonCorrection

Scope, Seen = ErasureRequest.Scope, ErasureRequest.Seen


class ErasureForm(forms.Form):
    scope = forms.ChoiceField(
        label=_("What is to go"),
        choices=[(Scope.ALL, Scope.ALL.label), (Scope.ACCOUNT, Scope.ACCOUNT.label)],
        initial=Scope.ALL,
        widget=forms.RadioSelect,
    )
    seen = forms.ChoiceField(
        label=_("How we know who asks"),
        choices=[(Seen.CARD, Seen.CARD.label), (Seen.KNOWN, Seen.KNOWN.label)],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, has_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_account:
            scope: Any = self.fields["scope"]
            scope.choices = scope.choices[:1]


class PaperSeenForm(forms.Form):
    paper = forms.ChoiceField(choices=PersonCorrection.Paper.choices)


class LeaveForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=200)
