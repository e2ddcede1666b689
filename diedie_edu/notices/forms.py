"""Looking for a message that did not get through, and what rings a staff person's phone."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.fields import SearchField
from diedie_edu.notices.models import TROUBLE, Channel, Provider, Status
from diedie_edu.notices.queries.phone_choices import choices_of
from diedie_edu.notices.queries.templates import STATES
from diedie_edu.notices.queries.trouble import DEALT_WITH

ANY = [("", _("any"))]


class TroubleFilter(forms.Form):
    q = SearchField(
        label=_("Find by the recipient's name"),
        help_text=_("Recipient's name"),
        max_length=50,
        required=False,
    )
    status = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            *ANY,
            *((status.value, status.label) for status in map(Status, TROUBLE)),
            (DEALT_WITH, _("ticked off")),
        ],
        required=False,
    )
    channel = forms.ChoiceField(
        label=_("Sent by"),
        choices=[*ANY, *((way.value, way.label) for way in (Channel.SMS, Channel.EMAIL))],
        required=False,
    )


class TemplatesFilter(forms.Form):
    q = SearchField(
        label=_("Find by words"),
        help_text=_("Name, code or words"),
        max_length=50,
        required=False,
    )
    provider = forms.ChoiceField(label=_("Provider"), choices=Provider.choices, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[*ANY, *STATES.items()], required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[*ANY, *settings.LANGUAGES], required=False
    )


class SortsField(forms.MultipleChoiceField):
    """Sorts of messages, some of them ticked; it goes without saying that none need be."""

    is_plain_choice = True
    widget = forms.CheckboxSelectMultiple


class PhoneChoicesForm(EditForm):
    """For each programme the sorts of messages that come to the account's phone."""

    def __init__(self, user: User, *args: Any):
        super().__init__(*args, rows=[user], by=user)
        self.programmes = {f"p_{one.programme or 'branch'}": one for one in choices_of(user)}
        for name, one in self.programmes.items():
            choices = [(sort.code, _(str(sort.label))) for sort in one.sorts]
            self.fields[name] = SortsField(label=str(one.title), choices=choices, required=False)
            self.initial[name] = one.ringing

    @property
    def chosen(self) -> dict[tuple[str, str], bool]:
        """Whether each sort rings, by programme and sort."""
        return {
            (one.programme, sort.code): sort.code in self.cleaned_data[name]
            for name, one in self.programmes.items()
            for sort in one.sorts
        }
