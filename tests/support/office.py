"""Short hands for the programme office."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.kinds import DecisionKind, shown_now
from diedie_edu.decisions.models import Request
from diedie_edu.decisions.queries.requests import open_request
from diedie_edu.decisions.rules import Decision
from diedie_edu.office.actions import drafts, versions
from diedie_edu.office.actions.reviewing import KINDS
from diedie_edu.office.models import BudgetItem, BudgetLine, Document, Paragraph, Version, Work
from diedie_edu.office.rules.versions import due_on

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
YEAR = 2026
SCHOOL = "residents-school"


def make_document(work: str = Work.BUDGET, programme: str = SCHOOL, year: int = YEAR) -> Document:
    return Document.objects.create(
        programme=programme,
        work=work,
        first_day=date(year, 1, 1),
        last_day=date(year, 12, 31),
        due_on=due_on(work, year),
    )


def begin(document: Document, by: User, now: datetime = NOW) -> Version:
    return drafts.begin(document=document, by=by, now=now)


def add_line(version: Version, **facts: Any) -> BudgetLine:
    """A line of 2 × 300 yuan for speakers, with an item of its own."""
    key = uuid4()
    item = BudgetItem.objects.create(document=version.document, key=key)
    given = {"category": "speaker", "title": "讲课费", "quantity": 2, "price": Decimal("300")}
    position = version.budgetline_rows.count() + 1
    return BudgetLine.objects.create(
        version=version, item=item, key=key, **{"position": position} | given | facts
    )


def add_paragraph(version: Version, **facts: Any) -> Paragraph:
    given = {"kind": "aim", "title": "", "text": "每月两场讲座，场场有回访。"}
    position = version.paragraph_rows.count() + 1
    return Paragraph.objects.create(version=version, **{"position": position} | given | facts)


def submit(version: Version, by: User, now: datetime = NOW) -> Request:
    return versions.submit(version=version, by=by, now=now)


def request_of(version: Version) -> Request:
    found = open_request(KINDS[version.document.work], version.pk)
    assert found is not None
    return found


def request_on(kind: DecisionKind, subject: int) -> Request | None:
    return open_request(kind, subject)


def decide_on(
    kind: DecisionKind, subject: int, by: User, what: str = "approved", reason: str = ""
) -> None:
    """Decide what waits of a kind."""
    request = open_request(kind, subject)
    assert request is not None
    decision = Decision(what=what, seen=shown_now(request), reason=reason)
    deciding.decide(request=request, decision=decision, by=by, now=NOW)


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


def decide(
    version: Version, by: User, what: str = "approved", reason: str = "", now: datetime = NOW
) -> Version:
    """As it stands now."""
    request = request_of(version)
    decision = Decision(what=what, seen=shown_now(request), reason=reason)
    deciding.decide(request=request, decision=decision, by=by, now=now)
    version.refresh_from_db()
    return version
