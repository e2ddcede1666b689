"""What may be entered as paid or promised, and what is taken back; pure."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.characters import DASHES, plain
from diedie_edu.common.errors import Refused
from diedie_edu.common.money import figures
from diedie_edu.office.models import Commitment, Expense
from diedie_edu.office.rules.balances import Money

Receipt = Expense.Receipt
NUMBERS = {
    Receipt.DIGITAL: (r"", r"\d{20}"),
    Receipt.INVOICE: (r"\d{10}|\d{12}", r"\d{8}"),
    Receipt.OTHER: (r"", r""),
}
WRONG_NUMBER = {
    Receipt.DIGITAL: _("A digital invoice has a number of 20 digits, and no code."),
    Receipt.INVOICE: _("Such an invoice has a code of 10 or 12 digits and a number of 8."),
    Receipt.OTHER: _("Without an invoice there is no invoice number; leave both empty."),
}


def plain_number(text: str) -> str:
    """As it is compared: digits of one width, without blanks and dashes between them."""
    return re.sub(rf"[\s{re.escape(DASHES)}·.。]+", "", plain(text))


def check_receipt(receipt: str, code: str, number: str) -> None:
    """House rule: the forms that invoices have (数电票 20 digits; before, code and number). Raises
    `Refused` (`wrong_number`)."""
    of_code, of_number = NUMBERS[Receipt(receipt)]
    if not (re.fullmatch(of_code, code) and re.fullmatch(of_number, number)):
        raise Refused("wrong_number", WRONG_NUMBER[Receipt(receipt)], "invoice_number")


def check_people(handled_by: int, witness: int, approver: int) -> None:
    """House rule: whoever approves a payment neither handled nor witnessed it; accounts by their
    numbers. Raises `Refused` (`own_payment`)."""
    if approver in (handled_by, witness):
        words = _("Whoever approves a payment has neither handled nor witnessed it.")
        raise Refused("own_payment", words, "approver")


def check_paid(paid_on: date, amount: Decimal, today: date) -> None:
    """House rule: what is entered has been paid. Raises `Refused` (`no_amount`, `ahead`)."""
    if amount <= 0:
        raise Refused("no_amount", _("Please give a sum above zero."), "amount")
    if paid_on > today:
        raise Refused("ahead", _("That day lies ahead. Please enter what was paid."), "paid_on")


def needs_sign(money: Money, amount: Decimal, promised: Decimal = Decimal(0)) -> bool:
    """Whether paying `amount` goes beyond the rest of a line; `promised` of it was promised to
    the payee before and is no longer open then."""
    return amount > money.rest + promised


def check_reason(reason: str, *, is_approved: bool, rest: Decimal) -> None:
    """House rule: what was paid can always be entered; above the rest of the line, or before the
    budget is approved, with a reason that a branch lead signs. Raises `Refused` (`above`)."""
    if reason.strip():
        return
    words = _("Only %(rest)s of this line are left. Please say why; a branch lead signs it.")
    if not is_approved:
        words = _("This line is not approved yet. Please say why; a branch lead signs it.")
    raise Refused("above", words % {"rest": figures(max(rest, Decimal(0)))}, "reason")


def check_is_open(*, is_closed: bool, year: int) -> None:
    """House rule: a closed year takes no entry until it is reopened. Raises `Refused`
    (`closed`)."""
    if is_closed:
        words = _("%(year)s is closed. A branch lead can reopen it with a reason.")
        raise Refused("closed", words % {"year": year})


def check_may_take_back(expense: Expense, reason: str) -> None:
    """House rule: an entry is taken back once, with a reason. Raises `Refused` (`no_reason`,
    `taken_back`)."""
    if not expense.stands:
        raise Refused("taken_back", _("This entry has been taken back already."))
    if not reason.strip():
        raise Refused("no_reason", _("Please give the reason; it stays with the entry."), "reason")


def check_may_explain(expense: Expense, reason: str) -> None:
    """House rule: the reason is told anew as long as nobody has signed it. Raises `Refused`
    (`signed`, `no_reason`)."""
    if not expense.waits:
        raise Refused("signed", _("This entry does not wait for a sign."))
    if not reason.strip():
        raise Refused("no_reason", _("Please give the reason; it stays with the entry."), "reason")


def check_promise(money: Money, amount: Decimal) -> None:
    """House rule: no more is promised than was approved and is left. Raises `Refused`
    (`no_amount`, `rest`)."""
    if amount <= 0:
        raise Refused("no_amount", _("Please give a sum above zero."), "amount")
    if amount > money.rest:
        words = _("Only %(rest)s of this line are left. Please move money in a new version first.")
        raise Refused("rest", words % {"rest": figures(max(money.rest, Decimal(0)))}, "amount")


def check_may_free(commitment: Commitment, reason: str) -> None:
    """House rule: a promise is freed once, with a reason. Raises `Refused` (`freed`,
    `no_reason`)."""
    if commitment.freed_at:
        raise Refused("freed", _("This promise has been freed already."))
    if not reason.strip():
        raise Refused("no_reason", _("Please give the reason; it stays with the entry."), "reason")


def check_may_close(money: Iterable[Money]) -> None:
    """House rule: a year is closed when nothing is promised and nothing waits for a sign. Raises
    `Refused` (`open`)."""
    if any(one.promised or one.waiting for one in money):
        raise Refused(
            "open", _("Something is still promised, or waits for a sign. Please settle that first.")
        )


def check_covers(title: str, amount: Decimal, money: Money) -> None:
    """House rule: no version is below what a line has spent or promised. Raises `Refused`
    (`below`)."""
    if amount < money.used:
        words = _("“%(line)s” has %(amount)s here, but %(used)s of it are spent or promised.")
        facts = {"line": title, "amount": figures(amount), "used": figures(money.used)}
        raise Refused("below", words % facts)
