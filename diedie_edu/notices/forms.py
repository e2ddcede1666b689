"""Looking for a message that did not get through, what rings a staff person's phone, and robots of
group chats."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.edit_forms import EditForm, EditModelForm
from diedie_edu.common.fields import SearchField
from diedie_edu.common.manifests import programmes
from diedie_edu.notices.groups import ALERTS
from diedie_edu.notices.kinds import Sort
from diedie_edu.notices.models import TROUBLE, Channel, Chat, Provider, Robot, Status
from diedie_edu.notices.queries.phone_choices import choices_of
from diedie_edu.notices.queries.templates import STATES
from diedie_edu.notices.queries.trouble import DEALT_WITH

ANY = [("", _("any"))]
OUTWARD = (Channel.SMS, Channel.EMAIL, Channel.ROBOT)
LONGEST = 500  # signs of an address


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
        choices=[
            *ANY,
            *((way.value, way.label) for way in (Channel.SMS, Channel.EMAIL, Channel.ROBOT)),
        ],
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
    """For each programme the sorts of messages that come to the account's phone, and those that
    come by e-mail to whoever wants e-mails."""

    def __init__(self, user: User, *args: Any):
        super().__init__(*args, rows=[user], by=user)
        found = {one.programme or "branch": one for one in choices_of(user)}
        self.programmes = {f"p_{name}": one for name, one in found.items()}
        self.mailed = {f"m_{name}": one for name, one in found.items() if one.mailable}
        for name, one in found.items():
            self._ask(f"p_{name}", str(one.title), one.sorts, one.ringing)
            if one.mailable:
                label = _("%(programme)s: by e-mail") % {"programme": one.title}
                self._ask(f"m_{name}", str(label), one.mailable, one.mailing)

    def _ask(self, name: str, label: str, sorts: list[Sort], ticked: list[str]) -> None:
        choices = [(sort.code, _(str(sort.label))) for sort in sorts]
        self.fields[name] = SortsField(label=label, choices=choices, required=False)
        self.initial[name] = ticked

    @property
    def chosen(self) -> dict[tuple[str, str], bool]:
        """Whether each sort rings, by programme and sort."""
        return {
            (one.programme, sort.code): sort.code in self.cleaned_data[name]
            for name, one in self.programmes.items()
            for sort in one.sorts
        }

    @property
    def chosen_by_mail(self) -> dict[tuple[str, str], bool]:
        return {
            (one.programme, sort.code): sort.code in self.cleaned_data[name]
            for name, one in self.mailed.items()
            for sort in one.mailable
        }


class RobotForm(EditModelForm):
    """What is left empty of address and secret stays as it is."""

    chat = forms.ChoiceField(
        label=_("Group chat of"), choices=Chat.choices, widget=forms.RadioSelect
    )
    new_address = forms.CharField(
        label=_("The robot's address (webhook)"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Copy it whole from the settings of the robot in the chat."),
    )
    new_secret = forms.CharField(
        label=_("The robot's secret"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Where “signature” is chosen in the chat (DingTalk, Feishu). WeCom has none."),
    )
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    alerts = SortsField(label=_("What it says"), required=False)

    class Meta:
        model = Robot
        fields = ("name", "chat", "programme", "alerts", "language")

    field_order = (
        *("name", "chat", "new_address", "new_secret", "no_secret"),
        *("programme", "alerts", "language"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(slug, programme.title) for slug, programme in programmes().items()]
        self.fields["programme"].choices = [("", _("All programmes, and the branch")), *named]
        self.fields["alerts"].choices = [(one.code, _(str(one.label))) for one in ALERTS]
        if self.instance.pk is None:
            self.fields["new_address"].required = True
        else:
            self._about_what_is_kept()
        self.order_fields(self.field_order)

    def _about_what_is_kept(self) -> None:
        kept = _("Stored: %(address)s. Empty, it stays as it is.")
        shown = {"address": self.instance.shown_address}
        self.fields["new_address"].help_text = kept % shown
        if self.instance.secret:
            self.fields["new_secret"].help_text = _("A secret is stored. Empty, it stays.")
            self.fields["no_secret"] = forms.BooleanField(
                label=_("Without a secret from now on"), required=False
            )

    def entered(self) -> Robot:
        """The robot as it is to be, not saved yet."""
        robot, typed = self.instance, self.cleaned_data
        robot.address = typed["new_address"].strip() or robot.address
        robot.secret = typed["new_secret"].strip() or robot.secret
        if typed.get("no_secret"):
            robot.secret = ""
        return robot
