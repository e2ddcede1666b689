"""Looking for a message that did not get through."""

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.notices.models import TROUBLE, Channel, Status

ANY = [("", _("any"))]


class TroubleFilter(forms.Form):
    q = forms.CharField(
        label=_("Find by the recipient's name"),
        help_text=_("Recipient's name"),
        max_length=50,
        required=False,
    )
    status = forms.ChoiceField(
        label=_("What happened"),
        choices=[*ANY, *((status.value, status.label) for status in map(Status, TROUBLE))],
        required=False,
    )
    channel = forms.ChoiceField(
        label=_("Sent by"),
        choices=[*ANY, *((way.value, way.label) for way in (Channel.SMS, Channel.EMAIL))],
        required=False,
    )
