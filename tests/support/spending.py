"""Short hands for what is paid and promised."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.office.actions import commitments, spending
from diedie_edu.office.actions.commitments import Promised
from diedie_edu.office.actions.spending import Paid
from diedie_edu.office.models import BudgetItem, Commitment, Document, Expense
from diedie_edu.office.queries.balances import budget
from diedie_edu.office.rules.balances import Money
from tests.support import office as short
from tests.support.office import NOW, SCHOOL

NUMBERS = count(1)


def digital() -> str:
    """The number of another digital invoice."""
    return f"2644{next(NUMBERS):016}"


def person(programme: str = SCHOOL, name: str = "付真真") -> User:
    """Somebody who may handle payments of a programme."""
    phone = f"1990{next(NUMBERS):07}"
    made = User.objects.create_user(phone=phone, display_name=name)
    made.role_grants.create(role=Role.PROGRAMME_LEAD, scope=programme)
    return made


def branch_lead() -> User:
    made = User.objects.create_user(phone=f"1990{next(NUMBERS):07}", display_name="秦望舒")
    made.role_grants.create(role=Role.BRANCH_LEAD)
    return made


def approved(lead: User, branch_lead: User, document: Document | None = None, **line: Any) -> Any:
    """The item of a line in an approved budget: 600 yuan for speakers."""
    version = short.begin(document or short.make_document(), lead)
    made = short.add_line(version, **line)
    version.refresh_from_db()
    if version.document.versions.count() > 1:
        type(version).objects.filter(pk=version.pk).update(reason="调剂。")
    short.submit(version, lead)
    short.decide(version, branch_lead)
    return made.item


def paid(by: User, **facts: Any) -> Paid:
    """100 yuan with a new digital invoice, approved by somebody else."""
    given: dict[str, Any] = {
        "paid_on": date(2026, 11, 20),
        "payee": "华文文具店",
        "amount": Decimal(100),
        "receipt": "digital",
        "invoice_number": digital(),
        "handled_by": by,
        "witness": by,
    }
    if "approver" not in facts:
        given["approver"] = person(name="甄审批")
    return Paid(**given | facts)


def enter(item: BudgetItem, by: User, promise: Commitment | None = None, **facts: Any) -> Expense:
    return spending.enter(item=item, paid=paid(by, **facts), promise=promise, by=by, now=NOW)


def promise(item: BudgetItem, by: User, amount: object = 200, **facts: Any) -> Commitment:
    given = {"to_whom": "李老师", "what_for": "十二月讲座", "expected_on": date(2026, 12, 20)}
    promised = Promised(amount=Decimal(str(amount)), **given | facts)
    return commitments.promise(item=item, promised=promised, by=by, now=NOW)


def money(item: BudgetItem) -> Money:
    """How the line stands."""
    return budget(Document.objects.get(pk=item.document_id)).line(item.pk).money
