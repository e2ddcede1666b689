"""How a request goes on: by a step of its history, and in no other way."""

from datetime import datetime
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.decisions.kinds import version_of
from diedie_edu.decisions.models import Request, Step


def lock_request(pk: int) -> Request:
    """Its row until the transaction ends: steps of one request come one after the other."""
    return Request.objects.select_for_update().get(pk=pk)


def enter_step(
    *,
    request: Request,
    what: str,
    by: User | None,
    now: datetime,
    shown: str = "",
    reason: str = "",
    acting_for: User | None = None,
    **fields: Any,
) -> None:
    """Write the next step of a locked request, whose row then says the same; `fields` are what
    else changes in it."""
    version = version_of(shown) if shown else ""
    request.last_step += 1
    Step.objects.create(
        request=request,
        number=request.last_step,
        what=what,
        at=now,
        by=by,
        acting_for=acting_for,
        reason=reason,
        version=version,
        shown=shown,
    )
    undecided = {"decided_by": None, "decided_for": None, "decided_at": None, "remind_on": None}
    changed = {"state": what, "version": version} | undecided | fields
    for name, value in changed.items():
        setattr(request, name, value)
    request.save(update_fields=["last_step", *changed])
