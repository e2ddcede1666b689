"""What is said beside the lines of a version, and returning it with what is asked of them.

Lock order as in `drafts`.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.models import State as Decided
from diedie_edu.decisions.queries.deputies import capacities
from diedie_edu.decisions.queries.requests import open_request
from diedie_edu.decisions.rules import Decision, check_capacity
from diedie_edu.office.actions.reviewing import KINDS, lock
from diedie_edu.office.models import Remark, Version
from diedie_edu.office.rules.versions import check_waits

Asked = Mapping[UUID | None, str]


@transaction.atomic
def comment(*, version: Version, said: Asked, by: User, now: datetime) -> None:
    """Words beside lines (by their keys; None: about the whole) of a version that waits, by one of
    those who may decide on it. Raises `Refused` (`decided`, `own`, `not_yours`)."""
    locked = lock(version.pk)
    check_waits(locked)
    request = open_request(KINDS[locked.document.work], locked.pk)
    assert request is not None  # what waits has one
    check_capacity(by, capacities(by, local_day(now)), request)
    _write(locked, said, Remark.What.COMMENT, by, now)


@transaction.atomic
def review(*, version: Version, decision: Decision, asks: Asked, by: User, now: datetime) -> None:
    """Approve, or return with what is asked of its lines (`asks`, by key); it is returned as a
    whole, and the other lines count as seen. Raises `Refused` (`decided`), and as
    `deciding.decide` does."""
    locked = lock(version.pk)
    check_waits(locked)
    request = open_request(KINDS[locked.document.work], locked.pk)
    assert request is not None  # what waits has one
    if decision.what == Decided.RETURNED:
        _write(locked, asks, Remark.What.ASKS, by, now)
    deciding.decide(request=request, decision=decision, by=by, now=now)


def _write(version: Version, said: Asked, what: str, by: User, now: datetime) -> None:
    facts = {"version": version, "what": what, "by": by, "at": now}
    spoken = {key: words.strip() for key, words in said.items() if words.strip()}
    Remark.objects.bulk_create(
        Remark(key=key, words=words, **facts) for key, words in spoken.items()
    )
