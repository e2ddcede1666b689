"""A decision, and a deputy."""

from typing import Any

from cryptography.fernet import InvalidToken
from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.crypto import seal, unseal
from diedie_edu.common.inputs import DayInput
from diedie_edu.decisions.models import DECIDED, State
from diedie_edu.decisions.rules import Decision
from diedie_edu.people.choosing import PersonField


class DecideForm(forms.Form):
    """What is decided and why; the page says on what, by sealed texts beside it."""

    what = forms.ChoiceField(choices=[(state.value, state.label) for state in DECIDED])
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where you return or refuse. Whoever asked reads it."),
    )

    def __init__(self, *args: Any, may_refuse: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_refuse:
            what: Any = self.fields["what"]
            what.choices = [row for row in what.choices if row[0] != State.REFUSED]
        self.may_refuse = may_refuse

    def decision(self, row: Model, token: str) -> Decision:
        """On the content that the page of `row` showed."""
        return Decision(**self.cleaned_data, seen=opened(row, token))


def sealed(row: Model, shown: str) -> str:
    """What the page of a request, or of what it is about, shows, to come back with the decision."""
    return seal(f"{_page(row)}:{shown}")


def opened(row: Model, token: str) -> str:
    """What the page showed; empty where the token is of another page or was altered."""
    try:
        page, _colon, shown = unseal(token).partition(":")
    except InvalidToken:
        return ""
    return shown if page == _page(row) else ""


def _page(row: Model) -> str:
    return f"{row._meta.label_lower} {row.pk}"


class DeputyForm(forms.Form):
    """Who stands in, from when to when; for others alone where one may keep accounts."""

    account = PersonField(label=_("Who is away"), queryset=User.objects.none())
    deputy = PersonField(label=_("Who stands in"), queryset=User.objects.none())
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = accounts_with(Permission.OPEN_DESK)
        others = staff if user.may(Permission.KEEP_ACCOUNTS) else staff.filter(pk=user.pk)
        self.fields["account"].queryset = others
        self.fields["deputy"].queryset = staff
        self.initial["account"] = user.pk
