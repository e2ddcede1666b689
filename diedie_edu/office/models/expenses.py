"""报销: what was paid. Entries are added to, never changed; a mistake has an entry against it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.keys import CompositeKey
from diedie_edu.files.models import StoredFile
from diedie_edu.office.models.budgets import BudgetItem
from diedie_edu.office.models.commitments import Commitment
from diedie_edu.office.models.expense_guards import TRIGGERS

ONCE = "a_receipt_is_paid_once"


class Expense(models.Model):
    """A sum paid on an item of a budget, by `handled_by` (经手人), with `witness` (证明人) and
    `approver` (审批人), who is neither of the two.

    An entry that `takes_back` another is its sum below zero, and both `stand` no more. Above the
    rest of its line, or before the budget is approved, an entry says its `reason` and waits until
    a branch lead has signed it; it counts meanwhile. `scan` may follow later.
    """

    belongs = Along("item__document__programme")

    class Receipt(models.TextChoices):
        DIGITAL = "digital", _("digital invoice (20 digits)")
        INVOICE = "invoice", _("invoice with code and number")
        OTHER = "other", pgettext_lazy("a receipt", "another receipt, or a signed list")

    item = models.ForeignKey(
        BudgetItem,
        models.PROTECT,
        related_name="expenses",
        verbose_name=pgettext_lazy("of a budget", "line"),
    )
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("was promised as"),
    )
    paid_on = models.DateField(_("paid on"))
    payee = models.CharField(_("paid to"), max_length=60)
    amount = models.DecimalField(_("sum, in yuan"), max_digits=11, decimal_places=2)
    receipt = models.CharField(_("receipt"), max_length=7, choices=Receipt)
    invoice_code = models.CharField(_("invoice code"), max_length=12, blank=True, default="")
    invoice_number = models.CharField(_("invoice number"), max_length=20, blank=True, default="")
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    handled_by = by_whom(_("handled by"), null=False)
    witness = by_whom(_("witness"), null=False)
    approver = by_whom(_("approved for payment by"), null=False)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    entered_by = by_whom(_("entered by"), null=False)
    entered_at = models.DateTimeField(_("entered at"))
    takes_back = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_back_by",
        db_constraint=False,
        verbose_name=_("takes back"),
    )
    stands = models.BooleanField(_("stands"), default=True, editable=False)
    reason = models.CharField(
        _("why above the line, or before approval"), max_length=200, blank=True, default=""
    )
    signed_by = by_whom(_("signed by"))
    signed_for = by_whom(_("in place of"))
    signed_at = models.DateTimeField(_("signed at"), null=True)

    class Meta:
        verbose_name = _("expense")
        verbose_name_plural = _("expenses")
        ordering = ["-paid_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice_code", "invoice_number"],
                condition=Q(stands=True) & ~Q(receipt="other"),
                name=ONCE,
            ),
            # What the key of entries against them refers to.
            models.UniqueConstraint(fields=["id", "item"], name="expense_with_its_item"),
            CompositeKey(
                name="an_entry_against_is_of_the_same_line",
                fields=["takes_back", "item"],
                to="office.Expense",
                to_fields=["id", "item"],
            ),
            CompositeKey(
                name="a_payment_is_of_its_promises_line",
                fields=["commitment", "item"],
                to="office.Commitment",
                to_fields=["id", "item"],
            ),
            models.CheckConstraint(
                condition=Q(takes_back=None, amount__gt=0) | Q(stands=False, amount__lt=0),
                name="only_an_entry_against_is_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(takes_back=None) | ~Q(note=""), name="an_entry_against_says_why"
            ),
            models.CheckConstraint(
                condition=Q(receipt="digital", invoice_code="", invoice_number__regex="^[0-9]{20}$")
                | Q(
                    receipt="invoice",
                    invoice_code__regex="^([0-9]{10}|[0-9]{12})$",
                    invoice_number__regex="^[0-9]{8}$",
                )
                | Q(receipt="other", invoice_code="", invoice_number=""),
                name="an_invoice_has_its_number",
            ),
            models.CheckConstraint(condition=~Q(payee=""), name="an_expense_has_a_payee"),
            models.CheckConstraint(
                condition=~Q(approver=F("handled_by")) & ~Q(approver=F("witness")),
                name="who_approves_neither_handled_nor_witnessed",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None, signed_for=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(reason=""),
                name="a_sign_is_given_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(signed_by=None)
                | ~Q(signed_by=F("entered_by"))
                & ~Q(signed_by=F("handled_by"))
                & ~Q(signed_by=F("witness")),
                name="nobody_signs_the_own_entry",
            ),
            models.CheckConstraint(
                condition=Q(signed_for=None)
                | ~Q(signed_for=F("entered_by"))
                & ~Q(signed_for=F("handled_by"))
                & ~Q(signed_for=F("witness")),
                name="nobody_lends_the_sign_for_the_own_entry",
            ),
        ]
        triggers = TRIGGERS

    def __str__(self) -> str:
        return f"{self.paid_on} {self.payee}"

    @property
    def waits(self) -> bool:
        """For the sign of a branch lead; it counts all the same."""
        return bool(self.stands and self.reason and self.signed_at is None)
