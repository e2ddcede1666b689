"""From a draft to a version in force, and back: submit, take back, enter what was signed on paper,
withdraw an approval. Approving and returning is `reviewing`, carried out by `decisions`.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.decisions.actions import requests
from diedie_edu.decisions.models import Request
from diedie_edu.decisions.queries.requests import open_request
from diedie_edu.notices.actions import notify
from diedie_edu.office.actions import rulebook, scans
from diedie_edu.office.actions.covering import check_covers_spending
from diedie_edu.office.actions.drafts import lock_draft
from diedie_edu.office.actions.reviewing import KINDS, lock
from diedie_edu.office.messages import REVOKED, VERSION
from diedie_edu.office.models import State, Version
from diedie_edu.office.queries.contents import rows_of
from diedie_edu.office.queries.documents import was_approved
from diedie_edu.office.rules import versions as rules


@transaction.atomic
def submit(*, version: Version, by: User, now: datetime) -> Request:
    """Send a draft to those who review it. Raises `Refused` as `rules.check_may_submit` does,
    and `below` where a line has less than was spent and promised on it."""
    locked = lock_draft(version=version.pk, by=by, now=now)
    document = locked.document
    rules.check_may_submit(
        locked,
        says_something=any(rows_of([locked.pk])[locked.pk].values()),
        was_approved=was_approved(document),
    )
    rulebook.check_can_be_confirmed(locked)
    check_covers_spending(locked)
    locked.state, locked.submitted_by, locked.submitted_at = State.SUBMITTED, by, now
    locked.save()
    return requests.submit(
        kind=KINDS[document.work],
        subject=locked.pk,
        programme=document.programme,
        data=_data(locked),
        by=by,
        now=now,
    )


def _data(version: Version) -> dict[str, Any]:
    document = version.document
    return {
        "programme": document.programme_title,
        "period": document.period,
        "number": version.number,
    }


@transaction.atomic
def take_back(*, version: Version, by: User, now: datetime) -> None:
    """What waits becomes a draft again. Raises `Refused` (`not_yours`, `decided`)."""
    locked = lock(version.pk)
    request = open_request(KINDS[locked.document.work], locked.pk)
    rules.check_waits(locked)
    assert request is not None  # what waits has one
    requests.withdraw(request=request, by=by, now=now)


@transaction.atomic
def enter_signed(*, version: Version, data: bytes, by: User, now: datetime) -> Version:
    """A first version that was approved on paper is in force at once; it is marked so, and not sent
    round again. Who signed it and when stand in `version`, unsaved; `data` is the scan. Raises
    `Refused` as the rules and `scans.keep_scan` do."""
    locked = lock_draft(version=version.pk, by=by, now=now)
    locked.signed_on, locked.signed_by = version.signed_on, version.signed_by
    rules.check_may_enter_signed(locked, locked.document, local_day(now))
    locked.scan = scans.keep_scan(data=data, title=str(locked), by=by, now=now)
    locked.state = State.APPROVED
    locked.save()
    rulebook.take_over(locked, now)
    return locked


@transaction.atomic
def revoke(*, version: Version, reason: str, by: User, now: datetime) -> Version | None:
    """Withdraw a wrong approval: the version before it is in force again (the answer; None where
    there was none), and its authors hear why. Raises `Refused`."""
    locked = lock(version.pk)
    rules.check_may_revoke(locked, reason)
    locked.state, locked.revoked_by, locked.revoked_at = State.REVOKED, by, now
    locked.revoked_reason = reason.strip()
    locked.save()
    rulebook.withdraw(locked, now)
    earlier = locked.document.versions.filter(state=State.SUPERSEDED, number__lt=locked.number)
    if before := earlier.order_by("-number").first():
        before.state = State.APPROVED
        before.save(update_fields=["state"])
    _tell_authors(locked, now)
    return before


def _tell_authors(version: Version, now: datetime) -> None:
    facts: dict[str, Any] = {"version": version.pk}
    for code, name in (("zh-hans", "what_zh"), ("en", "what_en")):
        with translation.override(code):
            facts[name] = str(version.document)
    notify(
        kind=REVOKED,
        accounts=list(version.document.authors.values_list("account", flat=True)),
        subject=VERSION.of(version.pk),
        revision=version.number,
        data=facts,
        now=now,
    )
