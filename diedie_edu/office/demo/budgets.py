"""Budgets in the demo season: this year's in force, one of next year's waiting, one being written.

The documents are those that the plans of the demo season have opened.
"""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_day
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import State as Decided
from diedie_edu.decisions.rules import Decision
from diedie_edu.office.actions import budgets, drafts, versions
from diedie_edu.office.models import BudgetLine, Document, Version, Work
from diedie_edu.office.queries.budgets import earlier, lines_of
from diedie_edu.programmes.demo import Cast, DemoSeason

FACTS = Path(__file__).parents[1] / "fixtures" / "budgets.json"
COLUMNS = ("category", "title", "quantity", "unit", "price", "funds")
DAY = timedelta(days=1)
MORE = Decimal("1.1")


def play(cast: Cast, now: datetime) -> bool:
    """Once, where documents are opened and no budget is written."""
    owed = Document.objects.filter(work=Work.BUDGET)
    if not owed.exists() or BudgetLine.objects.exists():
        return False
    facts: dict[str, Any] = json.loads(FACTS.read_text(encoding="utf-8"))
    written = facts["budgets"]
    year = local_day(now).year
    for document in owed.filter(first_day__year=year, programme__in=written):
        _this_year(document, written[document.programme], now - 40 * DAY)
    for document in owed.filter(first_day__year=year + 1, programme__in=written):
        _next_year(document, document.programme == facts["waits"], now - 3 * DAY)
    return True


def _this_year(document: Document, rows: list[list[Any]], now: datetime) -> None:
    """Written by its lead, approved by a branch lead."""
    lead = lead_of(document.programme)
    version = drafts.begin(document=document, by=lead, now=now)
    lines = [BudgetLine(**dict(zip(COLUMNS, row, strict=True)), position=90) for row in rows]
    budgets.save_lines(version=version.pk, lines=lines, by=lead, now=now)
    request = versions.submit(version=version, by=lead, now=now)
    reviewer = User.objects.filter(role_grants__role=Role.BRANCH_LEAD).exclude(pk=lead.pk).first()
    if reviewer is not None:
        decision = Decision(what=Decided.APPROVED, seen=shown_now(request), reason="")
        deciding.decide(request=request, decision=decision, by=reviewer, now=now + 2 * DAY)


def _next_year(document: Document, waits: bool, now: datetime) -> None:
    """Copied from this year's, some lines a tenth dearer; it `waits` for review or is a draft."""
    lead, source = lead_of(document.programme), earlier(document)
    version = drafts.begin(document=document, by=lead, now=now)
    if source is None:
        return
    budgets.copy_lines(version=version.pk, source=source, by=lead, now=now)
    dearer = lines_of(version)[1:3]
    for line in dearer:
        line.price = (line.price * MORE).quantize(Decimal(1))
    budgets.save_lines(version=version.pk, lines=dearer, by=lead, now=now)
    if waits:
        versions.submit(version=Version.objects.get(pk=version.pk), by=lead, now=now)


def lead_of(programme: str) -> User:
    """Whose sign-in is known, or a branch lead."""
    grants = User.objects.filter(role_grants__role=Role.PROGRAMME_LEAD)
    own = grants.filter(role_grants__scope=programme).first()
    return own or User.objects.filter(role_grants__role=Role.BRANCH_LEAD).earliest("pk")


SEASON = DemoSeason(play)
