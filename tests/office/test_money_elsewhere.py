"""Grants and what groups are given count on a budget's lines, until its year is closed."""

from decimal import Decimal
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.office.actions import closing
from diedie_edu.office.models import BudgetItem
from diedie_edu.office.queries.spending import line_for, rows_elsewhere
from edu_base.models import Fact, State
from happy_square.actions import support
from happy_square.models import Support
from tests.conftest import NOW
from tests.support import office as short
from tests.support import spending as shorter
from tests.support.education import make_application, make_intake
from tests.support.grants import award, make_fund, record
from tests.support.groups import TODAY, make_group
from tests.support.refusals import code_of, refused_by
from tests.support.spending import money

pytestmark = pytest.mark.django_db
GRANTS = {"category": "grants", "quantity": 1, "price": Decimal(20000)}


def line(programme: str, lead: User, branch_lead: User) -> BudgetItem:
    budget = short.make_document(programme=programme)
    return shorter.approved(lead, branch_lead, budget, **GRANTS)


def close(item: BudgetItem, by: User) -> None:
    document = item.document
    closing.close(programme=document.programme, year=document.year, by=by, now=NOW)


def test_grants_are_promised_when_awarded_and_spent_when_paid(
    lead: User, branch_lead: User, staff_user: User
) -> None:
    item = line("edu-base", lead, branch_lead)
    fund = make_fund(item=item)
    intake = make_intake()
    first = award(fund, make_application(staff_user, intake, State.STUDYING), staff_user)
    assert (money(item).promised, money(item).spent) == (3000, 0)
    for fact in (Fact.ANNOUNCED, Fact.SIGNED, Fact.PAID):
        record(first, fact, staff_user)
    assert (money(item).promised, money(item).spent) == (0, 3000)
    [row] = rows_elsewhere(item.pk)
    assert row.amount == 3000
    close(item, branch_lead)
    student = make_application(staff_user, intake, State.STUDYING)
    assert code_of(partial(award, fund, student, staff_user)) == "closed"
    with refused_by("a_closed_year_takes_no_entry"):
        first.facts.create(fact="paid", on=TODAY, at=NOW, by=staff_user)


def test_what_a_group_is_given_is_spent(lead: User, branch_lead: User) -> None:
    item = line("happy-square", lead, branch_lead)
    assert line_for("happy-square", "grants", TODAY) == item.pk
    about = {"sort": "money", "what": "音响", "given_on": TODAY, "receipt": "", "item": item}
    give = partial(support.give, group=make_group(), by=lead, now=NOW, **about)
    made = give(amount=Decimal("300.50"))
    assert money(item).spent == Decimal("300.50")
    [row] = rows_elsewhere(item.pk)
    assert row.amount == Decimal("300.50")
    close(item, branch_lead)
    assert code_of(partial(give, amount=Decimal(1))) == "closed"
    assert code_of(partial(support.take_out, support=made)) == "closed"
    with refused_by("a_closed_year_takes_no_entry"):
        Support.objects.all().delete()
