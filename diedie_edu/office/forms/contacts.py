"""The liaison log: what is looked for, entered and changed in it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.fields import OrganisationPhoneField, SearchField
from diedie_edu.common.inputs import DayInput
from diedie_edu.office.models import Contact, FollowUp, Side
from diedie_edu.office.queries.contacts import side_of
from diedie_edu.people.choosing import PersonField
from diedie_edu.programmes.models import Programme


class ContactFilter(forms.Form):
    """Every field may stay empty."""

    q = SearchField(
        label=_("Search the contacts"),
        help_text=_("Subject, organisation or what follows"),
        max_length=60,
        required=False,
    )
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Programme"),
        required=False,
        empty_label=_("All programmes"),
    )
    side = forms.ChoiceField(label=_("With whom"), required=False)
    open = forms.ChoiceField(
        label=_("What follows"),
        required=False,
        choices=[
            ("", _("Any")),
            ("open", _("something is open")),
            ("late", _("something is late")),
        ],
    )
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=pgettext_lazy("a day", "Until"), required=False, widget=DayInput)

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes
        self.fields["side"].choices = [("", _("Any")), *Side.choices]


class AccountField(PersonField):
    """Those who keep the programme's office, by name."""

    def label_from_instance(self, account: User) -> str:
        return account.display_name

    @staticmethod
    def of(programme: Programme, now_named: int | None) -> QuerySet[User]:
        """Whoever is named already stays to be chosen."""
        keepers = accounts_with(Permission.KEEP_OFFICE, programme.slug)
        named = User.objects.filter(pk=now_named or 0)
        return (keepers | named).distinct().order_by("display_name", "pk")


class ContactForm(EditModelForm):
    held_by = AccountField(User.objects.none(), label=_("Who of us"), empty_label=None)
    phone = OrganisationPhoneField(
        label=_("Phone"), required=False, help_text=_("Only those who keep the log read it.")
    )

    class Meta:
        model = Contact
        fields = [
            *("held_on", "held_by", "side", "organisation", "person", "phone"),
            *("subject", "agreed"),
        ]
        labels = {"person": _("Person you spoke to"), "subject": _("About what")}
        widgets = {
            "held_on": DayInput,
            "side": forms.RadioSelect,
            "agreed": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "person": _("Only those who keep the log read it."),
            "agreed": _("Please write no names of private persons here: the committee reads it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact: Contact = self.instance
        self.fields["side"].choices = Side.choices
        self.fields["organisation"].empty_label = _("none of the register")
        self.fields["held_by"].queryset = AccountField.of(contact.programme, contact.held_by_id)


def new_contact(programme: Programme, by: User) -> Contact:
    """What the form of a new one begins with."""
    return Contact(programme=programme, side=side_of(programme.slug), held_by=by)


class FollowUpForm(EditModelForm):
    owner = AccountField(
        User.objects.none(),
        label=_("Who does it"),
        empty_label=None,
        help_text=_("They are reminded by the day it is due."),
    )

    class Meta:
        model = FollowUp
        fields = ["what", "owner", "due_on"]
        labels = {"due_on": pgettext_lazy("a day", "By")}
        widgets = {"due_on": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        follow_up: FollowUp = self.instance
        programme = follow_up.contact.programme
        self.fields["owner"].queryset = AccountField.of(programme, follow_up.owner_id)
