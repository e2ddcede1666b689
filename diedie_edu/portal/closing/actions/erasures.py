"""Wishes to be forgotten: written down, taken back, and told to whom they concern."""

from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.actions import erasing, events
from diedie_edu.people.models import ErasureRequest, PersonEvent, Resident
from diedie_edu.portal.closing import messages


@transaction.atomic
def ask(
    *,
    resident: Resident | None,
    account: User | None,
    scope: str,
    seen: str,
    by: User,
    now: datetime,
) -> ErasureRequest:
    """Write it down; the person hears the day. Raises `Refused` as `erasing.ask` does."""
    request = erasing.ask(
        resident=resident, account=account, scope=scope, seen=seen, by=by, now=now
    )
    if request.asked_at == now and resident is not None:
        events.note(resident=resident, kind=PersonEvent.Kind.ERASURE, by=by, now=now)
    _tell(messages.ERASURE_ASKED, request, now)
    return request


@transaction.atomic
def take_back(*, request: ErasureRequest, by: User, now: datetime) -> None:
    """The person stays after all, and hears it. Raises `Refused` (`ended`)."""
    erasing.withdraw(request=request, by=by, now=now)
    if request.resident is not None:
        kind = PersonEvent.Kind.ERASURE_TAKEN_BACK
        events.note(resident=request.resident, kind=kind, by=by, now=now)
    cancel(subject=_subject(request), kinds=[messages.ERASURE_ASKED], now=now)
    _tell(messages.ERASURE_TAKEN_BACK, request, now)


def _tell(kind: Kind, request: ErasureRequest, now: datetime) -> None:
    """Whoever is asked about hears it, so that nobody is erased behind their back."""
    notify(
        kind=kind,
        recipients=[request.resident_id] if request.resident_id else [],
        accounts=[request.account_id] if request.account_id else [],
        subject=_subject(request),
        data={"due_on": request.due_on.isoformat()},
        now=now,
    )


def _subject(request: ErasureRequest) -> str:
    return f"erasure:{request.pk}"
