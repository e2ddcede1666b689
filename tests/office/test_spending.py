"""What is paid and promised counts once, stays, and is mended by an entry against it."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from diedie_edu.figures.kinds import Sheet, Value
from diedie_edu.figures.spans import Span, SpanKind
from diedie_edu.office.actions import closing, commitments, signing, spending
from diedie_edu.office.models import Author, BudgetItem, Expense
from diedie_edu.office.queries.spending_figures import BUDGET_USE
from diedie_edu.office.rules.balances import Level, Money
from tests.support import office as short
from tests.support import spending as shorter
from tests.support.office import NOW, SCHOOL, YEAR
from tests.support.refusals import code_of, refused_by
from tests.support.spending import enter, money, promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(lead: User, branch_lead: User) -> BudgetItem:
    return shorter.approved(lead, branch_lead)


def refuses(call: object, **facts: object) -> str | None:
    return code_of(partial(call, **facts))


def test_spent_promised_and_what_is_left(item: BudgetItem, lead: User) -> None:
    enter(item, lead)
    one = promise(item, lead)
    assert money(item) == Money(*map(Decimal, (600, 200, 100, 0)))
    enter(item, lead, one, amount=Decimal("150.50"))
    stands = money(item)
    assert (stands.promised, stands.spent) == (Decimal("49.50"), Decimal("250.50"))
    enter(item, lead, one, amount=Decimal(60))
    assert money(item).promised == 0
    assert Author.objects.filter(document=item.document, account=lead).exists()


def test_budget_use_is_a_figure(item: BudgetItem, lead: User) -> None:
    enter(item, lead, amount=Decimal(150))
    promise(item, lead, 150)
    year = Span(date(YEAR, 1, 1), date(YEAR, 12, 31), SpanKind.YEAR)
    assert BUDGET_USE.of(Sheet(year, NOW)) == {SCHOOL: Value(Decimal(300), Decimal(600))}


def test_levels_are_words_of_what_is_used(item: BudgetItem, lead: User) -> None:
    assert money(item).level == Level.FINE
    enter(item, lead, amount=Decimal(480))
    assert (money(item).level, money(item).percent) == (Level.NEARLY, 80)
    enter(item, lead, amount=Decimal(120))
    assert money(item).level == Level.FULL
    enter(item, lead, amount=Decimal("0.01"), reason="少算了一分。")
    assert money(item).level == Level.ABOVE
    assert Money(spent=Decimal(1)).percent == 100


def test_a_mistake_has_an_entry_against_it(item: BudgetItem, lead: User) -> None:
    made = enter(item, lead)
    assert refuses(spending.take_back, expense=made, reason=" ", by=lead, now=NOW) == "no_reason"
    against = spending.take_back(expense=made, reason="金额写错。", by=lead, now=NOW)
    made.refresh_from_db()
    assert (against.amount, made.stands, money(item).spent) == (-100, False, 0)
    again = {"reason": "再来。", "by": lead, "now": NOW}
    assert refuses(spending.take_back, expense=made, **again) == "taken_back"
    assert refuses(spending.take_back, expense=against, **again) == "taken_back"
    enter(item, lead, invoice_number=made.invoice_number)  # the receipt is free again


def test_above_the_rest_or_before_approval_it_waits_for_a_sign(
    item: BudgetItem, lead: User, branch_lead: User
) -> None:
    promise(item, lead, 500)
    assert code_of(lambda: enter(item, lead, amount=Decimal("100.01"))) == "above"
    made = enter(item, lead, amount=Decimal("100.01"), reason="老师改了场地。")
    assert (made.waits, money(item).waiting) == (True, Decimal("100.01"))
    unapproved = short.add_line(short.begin(short.make_document(year=2027), lead)).item
    assert code_of(lambda: enter(unapproved, lead)) == "above"
    early = enter(unapproved, lead, reason="预算还没批。")
    assert money(unapproved) == Money(spent=Decimal(100), waiting=Decimal(100))
    for one in (made, early):
        short.decide_on(signing.SIGN, one.pk, branch_lead)
        one.refresh_from_db()
        assert (one.signed_by, one.waits) == (branch_lead, False)
    assert money(item).waiting == 0


def test_a_reason_that_is_not_needed_asks_for_no_sign(item: BudgetItem, lead: User) -> None:
    assert enter(item, lead, reason="怕超。").waits is False


def test_nobody_signs_the_own_entry(item: BudgetItem, lead: User, branch_lead: User) -> None:
    above = {"amount": Decimal(700), "reason": "超了。"}
    entered = enter(item, branch_lead, **above)
    handled = enter(item, lead, handled_by=branch_lead, **above)
    witnessed = enter(item, lead, witness=branch_lead, **above)
    for one in (entered, handled, witnessed):
        sign = partial(short.decide_on, signing.SIGN, one.pk, branch_lead)
        assert code_of(sign) == "own"
        row, third = Expense.objects.filter(pk=one.pk), shorter.person()
        with refused_by("nobody_signs_the_own_entry"):
            row.update(signed_at=NOW, signed_by=branch_lead)
        with refused_by("nobody_lends_the_sign_for_the_own_entry"):
            row.update(signed_at=NOW, signed_by=third, signed_for=branch_lead)


def test_a_returned_reason_is_told_anew(item: BudgetItem, lead: User, branch_lead: User) -> None:
    made = enter(item, lead, amount=Decimal(700), reason="超了。")
    short.decide_on(signing.SIGN, made.pk, branch_lead, "returned", "为什么超？")
    signing.explain(expense=made, reason="老师多来一次。", by=lead, now=NOW)
    short.decide_on(signing.SIGN, made.pk, branch_lead)
    made.refresh_from_db()
    assert (made.reason, made.signed_by) == ("老师多来一次。", branch_lead)
    assert refuses(signing.explain, expense=made, reason="x", by=lead, now=NOW) == "signed"


def test_what_is_taken_back_waits_for_nobody(
    item: BudgetItem, lead: User, branch_lead: User
) -> None:
    made = enter(item, lead, amount=Decimal(700), reason="超了。")
    spending.take_back(expense=made, reason="弄错了。", by=lead, now=NOW)
    assert short.request_on(signing.SIGN, made.pk) is None
    assert money(item) == Money(approved=Decimal(600))


def test_who_approves_is_neither_of_the_others(item: BudgetItem, lead: User) -> None:
    other = shorter.person()
    for people in ({"handled_by": other}, {"witness": other}):
        assert code_of(partial(enter, item, lead, approver=other, **people)) == "own_payment"


@pytest.mark.parametrize(
    ("receipt", "code", "number", "is_right"),
    [
        ("digital", "", "２６４４２０００ 0000-0000-0001", True),
        ("digital", "", "2644200000000000000", False),
        ("digital", "0440019001", "26442000000000000001", False),
        ("invoice", "044001900111", "00012345", True),
        ("invoice", "0440019001", "00012345", True),
        ("invoice", "", "00012345", False),
        ("invoice", "044001900111", "12345", False),
        ("other", "", "", True),
        ("other", "", "12", False),
    ],
)
def test_invoices_have_the_form_that_they_have(
    item: BudgetItem, lead: User, receipt: str, code: str, number: str, is_right: bool
) -> None:
    facts = {"receipt": receipt, "invoice_code": code, "invoice_number": number}
    answer = code_of(partial(enter, item, lead, **facts))
    assert answer == (None if is_right else "wrong_number")


def test_a_receipt_is_paid_once_in_all_programmes_and_years(
    item: BudgetItem, lead: User, branch_lead: User
) -> None:
    made = enter(item, lead)
    again = {"invoice_number": f" {made.invoice_number[:4]}-{made.invoice_number[4:]}"}
    budget = short.make_document(programme="happy-square", year=2025)
    stranger = shorter.person("happy-square")
    other = shorter.approved(stranger, branch_lead, budget)
    with short.refused("paid_before") as own:
        enter(item, lead, **again)
    assert str(made) in str(own.value)
    with short.refused("paid_before") as foreign:
        enter(other, stranger, **again)
    assert made.payee not in str(foreign.value)
    assert SCHOOL not in str(foreign.value)


def test_no_more_is_promised_than_is_left(item: BudgetItem, lead: User) -> None:
    enter(item, lead)
    assert code_of(partial(promise, item, lead, 501)) == "rest"
    promise(item, lead, 500)
    assert code_of(partial(promise, item, lead, "0.01")) == "rest"


def test_a_promise_is_freed_with_a_reason_once(item: BudgetItem, lead: User) -> None:
    one = promise(item, lead)
    enter(item, lead, one)
    free = partial(commitments.free, commitment=one, by=lead, now=NOW)
    assert refuses(free, reason="") == "no_reason"
    free(reason="老师只要一百。")
    assert (money(item).promised, money(item).spent) == (0, 100)
    assert refuses(free, reason="再来。") == "freed"


def test_what_is_called_off_binds_nothing(
    item: BudgetItem, lead: User, make_lecture: object
) -> None:
    lecture = Activity.objects.get(pk=make_lecture().pk)
    occasion = lecture.occasions.get()
    promise(item, lead, 200, activity=lecture)
    promise(item, lead, 300, activity=lecture, occasion=occasion)
    assert money(item).promised == 500
    occasion.booking.is_off = True
    occasion.booking.save()
    assert money(item).promised == 200
    Activity.objects.filter(pk=lecture.pk).update(state="called_off", call_off_reason="台风")
    assert money(item).promised == 0


def test_a_version_covers_what_is_spent_and_promised(
    item: BudgetItem, lead: User, branch_lead: User
) -> None:
    enter(item, lead, amount=Decimal(300))
    promise(item, lead, 100)
    version = short.begin(item.document, lead)
    type(version).objects.filter(pk=version.pk).update(reason="调剂。")
    line = version.budgetline_rows.get()
    type(line).objects.filter(pk=line.pk).update(price=Decimal("199.99"))
    assert code_of(partial(short.submit, version, lead)) == "below"
    type(line).objects.filter(pk=line.pk).update(price=200)
    short.submit(version, lead)
    enter(item, lead, amount=Decimal("100"))  # on the old version, which is in force
    with short.refused("below"):
        short.decide(version, branch_lead)
    rows = item.document.versions
    rows.filter(state="approved").update(state="superseded")
    given = {"state": "approved", "approved_by": branch_lead, "approved_at": NOW}
    with refused_by("a_version_covers_what_is_spent_and_promised"):
        rows.filter(pk=version.pk).update(**given)


def test_a_closed_year_takes_no_entry(item: BudgetItem, lead: User, branch_lead: User) -> None:
    made, one = enter(item, lead), promise(item, lead)
    year = {"programme": SCHOOL, "year": YEAR, "by": branch_lead, "now": NOW}
    assert refuses(closing.close, **year) == "open"
    commitments.free(commitment=one, reason="不办了。", by=lead, now=NOW)
    closing.close(**year)
    assert refuses(closing.close, **year) == "closed"
    assert code_of(partial(enter, item, lead)) == "closed"
    assert code_of(partial(promise, item, lead)) == "closed"
    assert refuses(spending.take_back, expense=made, reason="x", by=lead, now=NOW) == "closed"
    for row in (made, one):
        row.pk = None
        with refused_by("a_closed_year_takes_no_entry"):
            row.save(force_insert=True)
    assert refuses(closing.reopen, **year, reason="") == "no_reason"
    closing.reopen(**year, reason="漏了一张票。")
    enter(item, lead)
    assert refuses(closing.reopen, **year, reason="再来。") == "open"
