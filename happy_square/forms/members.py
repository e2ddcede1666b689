"""Joining, and writing members down."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.fields import ContactField, NameField
from diedie_edu.common.inputs import DayInput
from happy_square.models import Membership


class NewcomerForm(forms.Form):
    """Who came for the first time."""

    full_name = NameField(label=_("Full name"))
    phone = ContactField(label=_("Phone"))


class MemberForm(NewcomerForm):
    """Whom a leader writes down as a member."""

    since = forms.DateField(
        label=_("Member since"),
        widget=DayInput,
        help_text=_("Who has danced with you for years is no new face: say since when, roughly."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"since": today}


class WishesForm(EditForm):
    """What a member wishes."""

    wants_reminders = forms.BooleanField(label=_("Remind me of the meet-ups"), required=False)
    shows_phone = forms.BooleanField(label=_("The leader may see my phone"), required=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, rows=[membership.sign_up, membership], **kwargs)
        sign_up, row = self.rows
        self.initial.update(
            {
                "wants_reminders": sign_up.wants_reminders,
                "shows_phone": row.shows_phone,
            }
        )


class SinceForm(EditForm):
    """From which day a member has belonged to the group."""

    since = forms.DateField(label=_("Member since"), widget=DayInput)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, rows=[membership], **kwargs)
        self.initial.update({"since": self.rows[0].since})
