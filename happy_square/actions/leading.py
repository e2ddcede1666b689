"""Who leads a group: naming, handing over, ending. The role of a group leader goes with it.

Lock order: the group's activity → leaderships → hand-over → notices.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from diedie_edu.accounts.actions import roles
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.queries.names import register_name
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.actions.duties import release_duty
from diedie_edu.volunteering.models import Duty
from happy_square import group_messages as messages
from happy_square.models import Group, HandOver, Leadership
from happy_square.queries import leaders
from happy_square.rules import leading as rules

Part, State = Leadership.Part, HandOver.State


@transaction.atomic
def name_leader(
    *,
    group: Group,
    resident: Resident,
    part: str,
    by: User,
    now: datetime,
    reason: str = "",
    shows_phone: bool = False,
) -> Leadership:
    """Let somebody lead the group; whoever had this part has it no more, and a new leader ends the
    acting one and what was offered. They hear, and so do the members, but of a deputy. Repeating
    it is harmless.

    Raises `Refused` (`too_young`, `not_checked`, `no_reason`).
    """
    lock_activity(group.pk)
    today = local_day(now)
    rules.check_may_lead(resident, today)
    rules.check_is_checked(group, leaders.is_checked(resident, today))
    rules.check_has_a_reason(part, reason)
    live = list(leaders.live_leaderships(group.pk))
    same = next((row for row in live if (row.resident_id, row.part) == (resident.pk, part)), None)
    if same:  # who has opened an account meanwhile gets the role
        match_roles([resident.pk], by, now)
        return same
    if part == Part.LEADER:
        take_back(group=group, by=by, now=now)
    _end([row for row in live if _gives_way(row, resident, part)], by, now)
    made = Leadership.objects.create(
        group=group,
        resident=resident,
        part=part,
        shows_phone=shows_phone,
        account_id=resident.account_id,
        since=now,
        named_by=by,
        reason=reason,
    )
    match_roles([resident.pk], by, now)
    _tell(made, now)
    return made


def _gives_way(row: Leadership, resident: Resident, part: str) -> bool:
    ends_acting = part == Part.LEADER and row.part == Part.ACTING
    return row.part == part or row.resident_id == resident.pk or ends_acting


def _tell(made: Leadership, now: datetime) -> None:
    facts: dict[str, Any] = {"subject": ACTIVITY.of(made.group_id), "revision": made.pk, "now": now}
    data = messages.about(made.group, person=made.resident.full_name, reason=made.reason)
    notify(kind=messages.YOU_LEAD, recipients=[made.resident_id], data=data, **facts)
    if made.part != Part.DEPUTY:
        members = set(leaders.members_of(made.group_id)) - {made.resident_id}
        people = sorted(members)
        notify(kind=messages.NEW_LEADER, recipients=people, data=data, **facts)


@transaction.atomic
def show_phone(*, group: Group, by: User, is_shown: bool) -> None:
    """Whether the own phone stands on the group's page: everybody's own choice."""
    own = Leadership.objects.filter(group=group, ended_at=None, resident__account=by)
    own.update(shows_phone=is_shown)


@transaction.atomic
def end_leadership(*, leadership: Leadership, by: User, now: datetime) -> None:
    """Somebody leads no more; they hear. What a leader had offered stands no more either. Ending it
    twice is harmless."""
    lock_activity(leadership.group_id)
    rows = Leadership.objects.filter(pk=leadership.pk, ended_at=None).select_related("group")
    for row in rows.filter(part=Part.LEADER):
        take_back(group=row.group, by=by, now=now)
    _end(rows, by, now)


def _end(rows: Iterable[Leadership], by: User, now: datetime) -> None:
    for row in rows:
        ended = {"ended_at": max(now, row.since), "ended_by": by}
        Leadership.objects.filter(pk=row.pk).update(**ended)
        _off_duty(row, by, now)
        notify(
            kind=messages.YOU_LEAD_NO_MORE,
            recipients=[row.resident_id],
            subject=ACTIVITY.of(row.group_id),
            revision=row.pk,
            data=messages.about(row.group),
            now=now,
        )
        match_roles([row.resident_id], by, now)


def _off_duty(row: Leadership, by: User, now: datetime) -> None:
    """Whoever leads children no more does not look after them at the dates ahead either."""
    ahead = Duty.objects.filter(
        volunteer__resident=row.resident_id,
        occasion__activity=row.group_id,
        work=Duty.Work.CARER,
        starts_at__gt=now,
    )
    for duty in ahead.order_by("pk"):
        release_duty(duty=duty, by=by, now=now)


def match_roles(residents: list[int], by: User, now: datetime) -> None:
    """Whoever leads a group has the role, and nobody else."""
    accounts = User.objects.filter(resident__in=residents)
    holders = leaders.holders_among(residents)
    roles.match_role(role=Role.GROUP_LEADER, holders=holders, among=accounts, by=by, now=now)


# --- Hand-over -------------------------------------------------------------------------


@transaction.atomic
def offer(*, group: Group, successor: Resident, by: User, now: datetime) -> HandOver:
    """Offer the group to somebody; an earlier offer is taken back. Nothing changes before they say
    yes. Raises `Refused` (`too_young`, `not_checked`)."""
    lock_activity(group.pk)
    rules.check_may_lead(successor, local_day(now))
    rules.check_is_checked(group, leaders.is_checked(successor, local_day(now)))
    open_one = leaders.open_hand_over(group.pk)
    if open_one and open_one.successor_id == successor.pk:
        return open_one
    take_back(group=group, by=by, now=now)
    made = HandOver.objects.create(group=group, successor=successor, offered_at=now, offered_by=by)
    notify(
        kind=messages.HAND_OVER_OFFERED,
        recipients=[successor.pk],
        subject=ACTIVITY.of(group.pk),
        revision=made.pk,
        data=messages.about(group, person=register_name(by)),
        now=now,
    )
    return made


@transaction.atomic
def take_back(*, group: Group, by: User, now: datetime) -> None:
    """The offer stands no more. Twice is harmless."""
    lock_activity(group.pk)
    open_one = leaders.open_hand_over(group.pk)
    if open_one:
        _answer(open_one, State.WITHDRAWN, by, now)
        subject = ACTIVITY.of(group.pk)
        recipient = open_one.successor_id
        cancel(subject=subject, kinds=[messages.HAND_OVER_OFFERED], recipient=recipient, now=now)


@transaction.atomic
def accept(*, group: Group, by: User, now: datetime) -> Leadership:
    """The successor says yes and leads the group from now on; whoever offered it leads no more.

    Raises `Refused` (`not_yours`) and as `name_leader` does.
    """
    lock_activity(group.pk)
    found = rules.check_may_answer(leaders.open_hand_over(group.pk), by)
    _answer(found, State.ACCEPTED, by, now)
    return name_leader(group=group, resident=found.successor, part=Part.LEADER, by=by, now=now)


@transaction.atomic
def decline(*, group: Group, by: User, now: datetime) -> None:
    """The successor says no; those who lead hear. Raises `Refused` (`not_yours`)."""
    lock_activity(group.pk)
    found = rules.check_may_answer(leaders.open_hand_over(group.pk), by)
    _answer(found, State.DECLINED, by, now)
    notify(
        kind=messages.HAND_OVER_DECLINED,
        recipients=leaders.leader_ids(group.pk),
        subject=ACTIVITY.of(group.pk),
        revision=found.pk,
        data=messages.about(group, person=found.successor.full_name),
        now=now,
    )


def _answer(hand_over: HandOver, state: str, by: User, now: datetime) -> None:
    answered = {"state": state, "answered_at": now, "answered_by": by}
    HandOver.objects.filter(pk=hand_over.pk).update(**answered)
