"""Reads of requests: what waits for whom, and who hears."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.manifests import parts_of
from diedie_edu.decisions.kinds import DecisionKind, kind_of
from diedie_edu.decisions.models import ERASED, OPEN, Request, State, Step
from diedie_edu.decisions.queries.deputies import capacities, standing_in
from diedie_edu.decisions.rules import is_own


def decided_by_right_of(accounts: Iterable[User]) -> Q:
    """Requests that one of the accounts has the right to decide."""
    found = Q(pk__in=[])
    for account in accounts:
        for kind in parts_of(DecisionKind):
            if scopes := account.scopes(kind.permission):
                own = Q(asked_by=account) | Q(subject__in=kind.authored(account))
                found |= Q(Request.belongs.at(scopes), kind=kind.slug) & ~own
    return found


def seen_by(user: User, today: date) -> QuerySet[Request]:
    """All that the account may decide or might have decided, the own ones and drafts left out."""
    rows = Request.objects.filter(decided_by_right_of(capacities(user, today)))
    return rows.exclude(asked_by=user).exclude(state=State.DRAFT).select_related("asked_by")


def waiting_for(user: User, today: date) -> QuerySet[Request]:
    """What waits for the account's decision, what is due first on top."""
    return seen_by(user, today).filter(state=State.SUBMITTED).order_by("due_on", "pk")


def submitted() -> QuerySet[Request]:
    """What waits for anybody's decision."""
    return Request.objects.filter(state=State.SUBMITTED)


def asked_by(user: User | int) -> QuerySet[Request]:
    """The account's own, the newest first."""
    return Request.objects.filter(asked_by=user).order_by("-pk")


def open_request(kind: DecisionKind, subject: int) -> Request | None:
    return Request.objects.filter(kind=kind.slug, subject=subject, state__in=OPEN).first()


def history(request: Request) -> list[Step]:
    """Its steps, the first first."""
    return list(request.steps.select_related("by", "acting_for").order_by("number"))


def version_before(steps: Iterable[Step], shown: str) -> str:
    """The last content in a history that differs from this one; empty where there is none."""
    contents = [step.shown for step in steps if step.shown and step.shown != shown]
    return contents[-1] if contents else ""


def last_shown(steps: Sequence[Step]) -> str:
    """What was last sent or decided; empty for a draft, and where it was erased."""
    return next((step.shown for step in reversed(steps) if step.shown), "").removeprefix(ERASED)


def deciders(request: Request, today: date) -> list[int]:
    """The accounts (ids) that may decide it today, deputies included, whoever asked left out."""
    may = accounts_with(kind_of(request).permission, request.programme)
    able = {account.pk for account in may if not is_own(account, request)}
    deputies = standing_in(today).filter(account__in=able).select_related("deputy")
    return sorted(able | {row.deputy_id for row in deputies if not is_own(row.deputy, request)})
