"""What guardians tell the staff of today."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from after_school.models import GuardianMessage

What = GuardianMessage.What


class MessageForm(forms.Form):
    """One of the sentences, or own words."""

    what = forms.ChoiceField(choices=What)
    text = forms.CharField(label=_("Own words"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("what") != What.OWN:
            sent["text"] = ""
        elif not sent.get("text"):
            self.add_error("text", _("Write what staff should know, in a few words."))
        return sent
