"""What was paid, and what is promised."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import local_day
from diedie_edu.common.documents import ACCEPTED
from diedie_edu.common.inputs import DayInput
from diedie_edu.office.actions.commitments import Promised
from diedie_edu.office.actions.spending import Paid
from diedie_edu.office.models import Document, Expense
from diedie_edu.office.queries import spending as queries
from diedie_edu.people.choosing import PersonField

PEOPLE = ("handled_by", "witness", "approver")
LOOK_BACK = timedelta(days=30)


def scan_field(**options: Any) -> forms.FileField:
    return forms.FileField(
        label=_("Scan of the receipt"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF or a picture."),
        **options,
    )


class ExpenseForm(forms.Form):
    """A payment on a line of a budget."""

    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput)
    amount = forms.DecimalField(label=_("Sum, in yuan"), max_digits=11, decimal_places=2)
    payee = forms.CharField(label=_("Paid to"), max_length=60)
    receipt = forms.ChoiceField(label=_("Receipt"), choices=Expense.Receipt)
    invoice_number = forms.CharField(
        label=_("Invoice number"),
        max_length=40,
        required=False,
        help_text=_("Of a digital invoice 20 digits, of an older one 8."),
    )
    invoice_code = forms.CharField(
        label=_("Invoice code"),
        max_length=20,
        required=False,
        help_text=_("Of an older invoice alone: 10 or 12 digits."),
    )
    scan = scan_field(required=False)
    handled_by = PersonField(User.objects.none(), label=_("Handled by"))
    witness = PersonField(User.objects.none(), label=_("Witness"))
    approver = PersonField(
        User.objects.none(),
        label=_("Approved for payment by"),
        help_text=_("Neither who handled it nor the witness."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("Why above the line, or before approval"),
        max_length=200,
        required=False,
        help_text=_("Only where more is paid than is left; a branch lead signs it then."),
    )

    def __init__(self, *args: Any, programme: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = accounts_with(Permission.KEEP_OFFICE, programme).order_by("display_name", "pk")
        for name in PEOPLE:
            self.fields[name].queryset = accounts

    def told(self) -> Paid:
        values = {name: value for name, value in self.cleaned_data.items() if name != "scan"}
        return Paid(**values)

    def scanned(self) -> bytes:
        upload = self.cleaned_data["scan"]
        return bytes(upload.read()) if upload else b""


class ItemField(forms.ModelChoiceField):
    """A line of a programme's budgets, for money that is kept on pages of the programme."""

    def __init__(self, *, programme: str, **options: Any) -> None:
        rows = queries.items_of(programme)
        super().__init__(rows, label=_("Line of the budget"), required=False, **options)

    def label_from_instance(self, item: Any) -> str:
        return f"{item.document.period} {item.title}"


class ScanForm(forms.Form):
    scan = scan_field()


class ReasonForm(forms.Form):
    """Why something is taken back, freed, explained or reopened."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("It stays with the entry.")
    )


class PromiseForm(forms.Form):
    """A sum promised on a line of a budget."""

    to_whom = forms.CharField(label=_("Promised to"), max_length=60)
    what_for = forms.CharField(label=_("What for"), max_length=120)
    amount = forms.DecimalField(label=_("Sum, in yuan"), max_digits=11, decimal_places=2)
    expected_on = forms.DateField(label=_("To be paid about"), widget=DayInput)
    event = forms.ChoiceField(
        label=_("For which event or group"),
        required=False,
        help_text=_("When it is called off, the money is free again by itself."),
    )

    def __init__(self, *args: Any, document: Document, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = {str(one.pk): one for one in dates_of(document.programme, now)}
        self.groups = {f"a{one.pk}": one for one in groups_of(document.programme)}
        self.fields["event"].choices = [
            ("", pgettext_lazy("event", "none")),
            *((key, _dated(one)) for key, one in self.dates.items()),
            *((key, one.title) for key, one in self.groups.items()),
        ]

    def told(self) -> Promised:
        values = dict(self.cleaned_data)
        key = values.pop("event")
        occasion = self.dates.get(key)
        activity = occasion.activity if occasion else self.groups.get(key)
        return Promised(**values, activity=activity, occasion=occasion)


def _dated(occasion: Occasion) -> str:
    day: date = local_day(occasion.starts_at)
    return f"{day} {occasion.activity}"


def dates_of(programme: str, now: datetime) -> QuerySet[Occasion]:
    """Events of a programme that money is promised for."""
    rows = Occasion.objects.filter(activity__programme__slug=programme, is_called_off=False)
    rows = rows.filter(starts_at__gte=now - LOOK_BACK, activity__is_ongoing=False)
    return rows.exclude(activity__state="called_off").select_related("activity")


def groups_of(programme: str) -> QuerySet[Activity]:
    """What goes on from week to week."""
    rows = Activity.objects.filter(programme__slug=programme, is_ongoing=True, state="published")
    return rows.order_by("title", "pk")
