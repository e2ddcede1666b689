"""A version of the privacy notice, as the community writes it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import PrivacyNotice
from diedie_edu.common.edit_forms import EditModelForm

LINES = 24


class NoticeForm(EditModelForm):
    """Until its day it can be changed; from then on people agree to it."""

    class Meta:
        model = PrivacyNotice
        fields = ["version", "in_force_from", "text", "text_en"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": LINES}),
            "text_en": forms.Textarea(attrs={"rows": LINES}),
            "in_force_from": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }
        help_texts = {
            "in_force_from": _(
                "Until then you can change it. From then on everybody agrees to it at the next "
                "sign-in."
            ),
        }

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_in_force_from(self) -> datetime:
        """House rule: a text is put in force from now on, never for days that are past."""
        moment: datetime = self.cleaned_data["in_force_from"]
        return max(moment, self.now)
