"""Reminding leads of what is due. Slow reviewers are reminded by `decisions`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import translation

from diedie_edu.accounts.permissions import Role
from diedie_edu.accounts.queries import leads_of
from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.office.messages import DOCUMENT, DUE_SOON, OVERDUE
from diedie_edu.office.models import Document
from diedie_edu.office.queries.owed import to_write

# House rule: working days before the due day, on which leads hear of it.
BEFORE = 5


def plan_due(now: datetime) -> int:
    """Within five working days before its due day leads hear of a document that nobody has
    submitted, and on the first working day after it they and the branch leads do; each once for
    one due day. How many messages are new; every tick may call it."""
    today, calendar = local_day(now), known_calendar()
    if not calendar.is_working_day(today):
        return 0
    rows = list(to_write(today, calendar.working_day_after(today, BEFORE)))
    return sum(_remind(document, today, now) for document in rows)


def _remind(document: Document, today: date, now: datetime) -> int:
    if document.due_on < today:
        whom = leads_of(document.programme).values_list("pk", flat=True)
        return _notify(OVERDUE, document, list(whom), now)
    return _notify(DUE_SOON, document, _leads(document.programme), now)


def _leads(programme: str) -> list[int]:
    """Those of the programme alone; where it has none, those of the branch."""
    rows = leads_of(programme)
    own = rows.filter(role_grants__role=Role.PROGRAMME_LEAD, role_grants__scope=programme)
    return list((own if own.exists() else rows).values_list("pk", flat=True).distinct())


def _notify(kind: Kind, document: Document, accounts: Sequence[int], now: datetime) -> int:
    facts: dict[str, Any] = {"document": document.pk, "due_on": document.due_on}
    for code, name in (("zh-hans", "what_zh"), ("en", "what_en")):
        with translation.override(code):
            facts[name] = str(document)
    return notify(
        kind=kind,
        accounts=accounts,
        subject=DOCUMENT.of(document.pk),
        revision=str(document.due_on),
        data=facts,
        now=now,
    )
