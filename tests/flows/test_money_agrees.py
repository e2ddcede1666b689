"""A thousand random acts on one budget: what is promised, paid, cancelled and corrected on pages of
the office, of the education base and of Happy Square agrees to the cent with a plain count."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from django.db.models import Sum

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity
from diedie_edu.office.actions import commitments, spending
from diedie_edu.office.models import BudgetItem, Commitment, Expense
from diedie_edu.office.queries.balances import budget
from edu_base.actions import grants
from edu_base.models import Award, Fact, GrantFund, State
from edu_base.queries.grants import lines_of
from happy_square.actions import support
from happy_square.models import Support
from tests.conftest import NOW
from tests.support import office as short
from tests.support import spending as shorter
from tests.support.education import make_application, make_intake
from tests.support.grants import award, make_fund, record
from tests.support.groups import TODAY, make_group

pytestmark = pytest.mark.django_db
ACTS = 1000
NEXT = {Fact.AWARDED: Fact.ANNOUNCED, Fact.ANNOUNCED: Fact.SIGNED, Fact.SIGNED: Fact.PAID}


class Office:
    """Draws acts at random, carries them out, and counts by itself what they come to."""

    def __init__(self, by: User, approver: User, seed: int = 15) -> None:
        self.by, self.approver, self.random = by, approver, Random(seed)
        self.own = self.line("residents-school")
        self.base, self.square = self.line("edu-base"), self.line("happy-square")
        self.fund = make_fund(item=self.base, total=Decimal(10**6))
        intake = make_intake()
        self.students = [make_application(by, intake, State.STUDYING) for _n in range(8)]
        self.group = make_group()
        self.promises: dict[int, list[Decimal]] = {}  # what is promised, what is paid of it
        self.events: dict[int, Activity] = {}
        self.expenses: dict[int, tuple[int | None, Decimal]] = {}
        self.awards: dict[int, Fact] = {}
        self.given: dict[int, Decimal] = {}

    def line(self, programme: str) -> BudgetItem:
        budget = short.make_document(programme=programme)
        given = {"category": "grants", "quantity": 1, "price": Decimal(10**6)}
        return shorter.approved(self.by, self.approver, budget, **given)

    def sum(self) -> Decimal:
        return Decimal(self.random.randrange(1, 50000)) / 100

    def one_of(self, rows: object) -> int | None:
        found = sorted(rows)
        return self.random.choice(found) if found else None

    # --- Acts ----------------------------------------------------------------------------

    def promise(self) -> None:
        event = make_group() if self.random.random() < 0.3 else None
        amount = self.sum()
        made = shorter.promise(self.own, self.by, amount, activity=event)
        self.promises[made.pk] = [amount, Decimal(0)]
        if event:
            self.events[made.pk] = event

    def pay(self) -> None:
        pk, amount = self.one_of(self.promises), self.sum()
        of = self.random.random() < 0.7 and pk is not None
        promise = Commitment.objects.get(pk=pk) if of else None
        given = {"receipt": "other", "invoice_number": "", "approver": self.approver}
        made = shorter.enter(self.own, self.by, promise, amount=amount, **given)
        self.expenses[made.pk] = (pk if of else None, amount)
        if of:
            self.promises[pk][1] += amount

    def correct(self) -> None:
        if pk := self.one_of(self.expenses):
            expense = Expense.objects.get(pk=pk)
            spending.take_back(expense=expense, reason="写错了", by=self.by, now=short.NOW)
            promise, amount = self.expenses.pop(pk)
            if promise in self.promises:
                self.promises[promise][1] -= amount

    def free(self) -> None:
        if pk := self.one_of(self.promises):
            promise = Commitment.objects.get(pk=pk)
            commitments.free(commitment=promise, reason="不办了", by=self.by, now=short.NOW)
            del self.promises[pk]
            self.events.pop(pk, None)

    def call_off(self) -> None:
        if pk := self.one_of(self.events):
            of = Activity.objects.filter(pk=self.events.pop(pk).pk)
            of.update(state="called_off", call_off_reason="台风")
            del self.promises[pk]

    def award(self) -> None:
        held = Award.objects.filter(stands=True).values_list("application", flat=True)
        free = [one for one in self.students if one.pk not in set(held)]
        if free:
            self.fund.amount = self.sum()
            made = award(self.fund, self.random.choice(free), self.by)
            self.awards[made.pk] = Fact.AWARDED

    def go_on(self) -> None:
        if pk := self.one_of([pk for pk, fact in self.awards.items() if fact in NEXT]):
            self.awards[pk] = NEXT[self.awards[pk]]
            record(Award.objects.get(pk=pk), self.awards[pk], self.by)

    def back(self) -> None:
        if pk := self.one_of(self.awards):
            fact = self.awards[pk]
            of = Award.objects.get(pk=pk)
            grants.take_back(award=of, fact=fact, reason="写错了", by=self.by, now=NOW)
            if fact == Fact.AWARDED:
                del self.awards[pk]
            else:
                self.awards[pk] = list(Fact)[list(Fact).index(fact) - 1]

    def give(self) -> None:
        amount = self.sum()
        made = support.give(group=self.group, by=self.by, now=NOW, **self.said(amount))
        self.given[made.pk] = amount

    def give_anew(self) -> None:
        if pk := self.one_of(self.given):
            row, amount = Support.objects.get(pk=pk), self.sum()
            support.change(support=row, by=self.by, now=NOW, **self.said(amount))
            self.given[pk] = amount

    def take_out(self) -> None:
        if pk := self.one_of(self.given):
            support.take_out(support=Support.objects.get(pk=pk))
            del self.given[pk]

    def said(self, amount: Decimal) -> dict[str, object]:
        about = {"sort": "money", "what": "音响", "given_on": TODAY, "receipt": ""}
        return about | {"amount": amount, "item": self.square}

    # --- What it comes to ------------------------------------------------------------------

    def check(self) -> None:
        open_ = sum(max(promised - paid, Decimal(0)) for promised, paid in self.promises.values())
        spent = sum(amount for _promise, amount in self.expenses.values())
        assert stands(self.own) == (open_, spent)
        [roll] = lines_of([GrantFund.objects.get(pk=self.fund.pk)])
        assert stands(self.base) == (roll.open.amount, roll.paid.amount)
        awarded = Award.objects.filter(stands=True).aggregate(sum=Sum("amount"))["sum"] or 0
        assert (roll.awarded.amount, roll.awarded.number) == (awarded, len(self.awards))
        paid = [pk for pk, fact in self.awards.items() if fact == Fact.PAID]
        sums = Award.objects.filter(pk__in=paid).aggregate(sum=Sum("amount"))["sum"] or 0
        assert roll.paid.amount == sums
        assert stands(self.square) == (0, sum(self.given.values()))


def stands(item: BudgetItem) -> tuple[Decimal, Decimal]:
    money = budget(item.document).line(item.pk).money
    return money.promised, money.spent


def test_after_a_thousand_acts_roll_awards_and_budget_agree(
    staff_user: User, make_user: Callable[..., User]
) -> None:
    office = Office(staff_user, shorter.branch_lead())
    acts = [
        *(office.promise, office.pay, office.pay, office.correct, office.free, office.call_off),
        *(office.award, office.go_on, office.go_on, office.go_on, office.back),
        *(office.give, office.give_anew, office.take_out),
    ]
    for number in range(ACTS):
        office.random.choice(acts)()
        if number % 100 == 99:
            office.check()
    assert office.expenses
