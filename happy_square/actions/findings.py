"""A visit is written down, and what was found goes on until it is put right.

Lock order: group → finding → complaints → notices.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.venues.models import Venue
from happy_square import guidance_messages as messages
from happy_square.actions import complaints
from happy_square.models import Complaint, Finding, FollowUp, Group, Visit
from happy_square.models.groups import PROGRAMME
from happy_square.queries.guidance import leaders_of, leads_group
from happy_square.rules import guidance

State = Finding.State


@dataclass(frozen=True)
class Found:
    """What is to be put right, and until when."""

    point: str
    what: str
    due_on: date


@transaction.atomic
def enter_visit(
    *,
    group: Group,
    sheet: UUID,
    in_order: Sequence[str],
    found: Sequence[Found],
    note: str = "",
    by: User,
    now: datetime,
) -> Visit:
    """Write down what was seen; its leaders hear of what is to be put right.

    The same `sheet` is entered once. Raises `Refused` (`ended`, `nothing_seen`, `seen_twice`,
    `past`, `far`).
    """
    locked = Group.objects.select_for_update(no_key=True, of=("self",)).get(pk=group.pk)
    if entered := Visit.objects.filter(sheet=sheet).first():
        return entered
    guidance.check_can_visit(locked)
    guidance.check_something_seen(in_order, [one.point for one in found])
    visit = Visit.objects.create(
        group=locked, visited_at=now, by=by, in_order=list(in_order), note=note, sheet=sheet
    )
    rows = [_find(one, by, now, group=locked, visit=visit) for one in found]
    _notify_found(locked, rows, now)
    return visit


@transaction.atomic
def find(
    *, found: Found, group: Group | None = None, venue: Venue | None = None, by: User, now: datetime
) -> Finding:
    """Something is to be put right without a visit; at a group its leaders hear of it.

    Raises `Refused` (`past`, `far`).
    """
    finding = _find(found, by, now, group=group, venue=None if group else venue)
    if group:
        _notify_found(group, [finding], now)
    return finding


@transaction.atomic
def find_after(*, complaint: Complaint, found: Found, by: User, now: datetime) -> Finding:
    """A complaint becomes a finding, in words that tell nothing of whoever wrote it.

    Raises `Refused` (`settled`, `has_finding`, `own_group`, `past`, `far`).
    """
    made = find(found=found, group=complaint.group, venue=complaint.venue, by=by, now=now)
    complaints.join(complaint=complaint, finding=made, by=by)
    return made


def _find(found: Found, by: User, now: datetime, **where: Any) -> Finding:
    guidance.check_due(found.due_on, local_day(now))
    return Finding.objects.create(
        point=found.point,
        what=found.what,
        due_on=found.due_on,
        found_at=now,
        found_by=by,
        **where,
    )


def _notify_found(group: Group, rows: Sequence[Finding], now: datetime) -> None:
    if rows:
        first = min(row.due_on for row in rows)
        notify(
            kind=messages.FOUND,
            recipients=leaders_of(group.pk),
            subject=messages.FINDING.of(rows[0].pk),
            data={
                "group": group.pk,
                "title": group.title,
                "number": len(rows),
                "due_on": first.isoformat(),
            },
            now=now,
        )


@transaction.atomic
def answer(*, finding: Finding, words: str, by: User, now: datetime) -> None:
    """The group says what it has done; staff read it in the portal. Raises `Refused` (`closed`)."""
    locked = _locked(finding)
    word = _go_on(locked, State.ANSWERED, words, by, now)
    may = accounts_with(Permission.PLAN_ACTIVITIES, PROGRAMME)
    planners = list(may.values_list("pk", flat=True))
    notify(
        kind=messages.ANSWERED,
        accounts=[pk for pk in planners if pk == locked.found_by_id] or planners,
        subject=messages.FINDING.of(locked.pk),
        revision=word.pk,
        data=_facts(locked, words=words),
        now=now,
    )


@transaction.atomic
def send_back(
    *,
    finding: Finding,
    words: str,
    due_on: date,
    seen: int | None = None,
    by: User,
    now: datetime,
) -> None:
    """Something is still missing, until another day; `seen` is the last word (its id) that they
    have read. Raises `Refused` (`closed`, `own_group`, `said_more`, `past`, `far`)."""
    locked = _locked(finding)
    guidance.check_all_read(_last_word(locked), seen)
    guidance.check_not_own(leads_group(by, locked.group_id))
    guidance.check_due(due_on, local_day(now))
    word = _go_on(locked, State.OPEN, words, by, now, due_on=due_on)
    _notify_group(messages.NOT_ENOUGH, locked, word, now)


@transaction.atomic
def close(
    *,
    finding: Finding,
    words: str,
    told: str = "",
    seen: int | None = None,
    by: User,
    now: datetime,
) -> None:
    """It is put right; whoever complained of it hears so, `told` is said to them alone.

    `seen` is the last word (its id) that they have read. Raises `Refused` (`closed`, `own_group`,
    `said_more`).
    """
    locked = _locked(finding)
    guidance.check_all_read(_last_word(locked), seen)
    guidance.check_not_own(leads_group(by, locked.group_id))
    word = _go_on(locked, State.CLOSED, words, by, now)
    cancel(subject=messages.FINDING.of(locked.pk), now=now, kinds=[messages.DUE, messages.OVERDUE])
    _notify_group(messages.CLOSED, locked, word, now)
    for complaint in locked.complaints.filter(settled_at=None).order_by("pk"):
        complaints.settle(
            complaint=complaint, result=Complaint.Result.PUT_RIGHT, answer=told, by=by, now=now
        )


def _locked(finding: Finding) -> Finding:
    """The finding as it is now, open."""
    rows = Finding.objects.select_for_update(of=("self",)).select_related("group", "venue")
    locked = rows.get(pk=finding.pk)
    guidance.check_goes_on(locked)
    return locked


def _last_word(finding: Finding) -> int | None:
    return finding.follow_ups.order_by("-pk").values_list("pk", flat=True).first()


def _go_on(
    finding: Finding, state: str, words: str, by: User, now: datetime, due_on: date | None = None
) -> FollowUp:
    finding.state, finding.due_on = state, due_on or finding.due_on
    finding.save(update_fields=["state", "due_on"])
    return FollowUp.objects.create(
        finding=finding, state=state, words=words, due_on=due_on, by=by, at=now
    )


def _notify_group(kind: Kind, finding: Finding, word: FollowUp, now: datetime) -> None:
    if finding.group_id is not None:
        notify(
            kind=kind,
            recipients=leaders_of(finding.group_id),
            subject=messages.FINDING.of(finding.pk),
            revision=word.pk,
            data=_facts(finding, words=word.words),
            now=now,
        )


def _facts(finding: Finding, **more: Any) -> dict[str, Any]:
    return {
        "finding": finding.pk,
        "group": finding.group_id,
        "title": str(finding.group or finding.venue),
        "what": finding.what,
        "due_on": finding.due_on.isoformat(),
        **more,
    }
