"""Deciding: bound to what was on the screen, carried out in the same transaction.

Lock order as in `requests`: the subject's rows → the request → what carrying it out locks.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.decisions import rules
from diedie_edu.decisions.actions import telling
from diedie_edu.decisions.actions.steps import enter_step, lock_request
from diedie_edu.decisions.kinds import DecisionKind, kind_of, shown_now
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.queries.deputies import capacities


@transaction.atomic
def decide(*, request: Request, decision: rules.Decision, by: User, now: datetime) -> Request:
    """Return, approve or refuse a request, by the own right or as a deputy.

    Raises `Refused` where it does not wait (`not_waiting`), is not for `by` to decide (`own`,
    `not_yours`), a no gives no reason (`no_reason`), or the content is not what was seen
    (`changed`); and as the kind's `approve` and `refuse` do. Then nothing is decided.
    """
    kind = kind_of(request)
    kind.lock(request.subject)
    locked = lock_request(request.pk)
    rules.check_is_waiting(locked)
    right = rules.check_capacity(by, capacities(by, local_day(now)), locked)
    shown = shown_now(locked)
    rules.check_decision(decision, shown, kind.may_refuse)
    acting_for = None if right == by else right
    enter_step(
        request=locked,
        what=decision.what,
        by=by,
        now=now,
        shown=shown,
        reason=decision.reason.strip(),
        acting_for=acting_for,
        decided_by=by,
        decided_for=acting_for,
        decided_at=now,
    )
    _carry_out(kind, locked, by, now)
    telling.tell_asker(request=locked, now=now)
    return locked


def _carry_out(kind: DecisionKind, request: Request, by: User, now: datetime) -> None:
    acts = {
        State.APPROVED: kind.approve,
        State.REFUSED: kind.refuse,
        State.RETURNED: kind.returned,
    }
    acts[State(request.state)](request, by, now)


def decide_together(
    *, decisions: Sequence[tuple[Request, rules.Decision]], by: User, now: datetime
) -> list[tuple[Request, Refused]]:
    """Decide several requests, each by itself and checked anew; those that stay out, with why."""
    left = []
    for request, decision in decisions:
        try:
            decide(request=request, decision=decision, by=by, now=now)
        except Refused as refusal:
            left.append((request, refusal))
    return left
