"""Joining a group, asking to, and leaving it. Places, queue and offers are those of every activity.

Lock order: the group → sign-ups → notices.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages as shared
from diedie_edu.activities.actions import offers, seats
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Resident
from happy_square import member_messages as messages
from happy_square.actions.dates import lock_groups
from happy_square.models import Group, JoinRequest, Membership, Trial
from happy_square.models.children import GATE
from happy_square.queries.leaders import leader_ids
from happy_square.rules.members import check_can_join, check_joins_freely, check_since

State = JoinRequest.State
OWN_WORDS = {
    shared.SEATED.code: messages.JOINED,
    shared.WAITING.code: messages.QUEUED,
    shared.OFFERED.code: messages.OFFERED,
    shared.LAPSED.code: messages.LAPSED,
    shared.CANCELLED.code: messages.LEFT,
    shared.TAKEN_OFF.code: messages.LEFT,
}


@contextmanager
def gate_in_words() -> Iterator[None]:
    """What the database refuses about children, as a rule says it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if constraint_of(error) != GATE:
            raise
        message = _(
            "Nobody under 14 is written down here without checked leaders and a guardian's consent."
        )
        raise Refused("child", message) from error


@transaction.atomic
def join(
    *, group: Group, resident: Resident, wants_reminders: bool, by: User | None, now: datetime
) -> SignUp:
    """Belong to a group that is open to everybody, or wait for a place in it. Twice is harmless.

    Raises `Refused` as `check_can_join`, and `approval`.
    """
    check_joins_freely(group)
    return take_in(group=group, resident=resident, wants_reminders=wants_reminders, by=by, now=now)


@transaction.atomic
def take_in(
    *,
    group: Group,
    resident: Resident,
    wants_reminders: bool = False,
    since: date | None = None,
    kind: Kind | None = None,
    by: User | None,
    now: datetime,
) -> SignUp:
    """A place in the group, or in its queue; told by `kind` where it is not the usual word. Who
    comes back keeps the day from which they belonged to it. Raises `Refused` as above."""
    today = local_day(now)
    check_since(since or today, today)
    check_can_join(group, resident, now)
    before = Membership.objects.filter(group=group, resident=resident)
    with gate_in_words():
        row = seats.sign_up(activity=group, resident=resident, by=by, now=now, is_told=False)
        earliest = before.aggregate(first=Min("since"))["first"]
        _membership, is_new = Membership.objects.get_or_create(
            sign_up=row,
            defaults={
                "group": group,
                "resident": resident,
                "since": min(filter(None, (since, earliest, today))),
                "added_by": by,
                "agreed_at": None if kind else now,
            },
        )
    if is_new:
        SignUp.objects.filter(pk=row.pk).update(wants_reminders=wants_reminders)
        _end_wishes(group, resident, by, now)
        tell(kind or (messages.JOINED if row.is_seated else messages.QUEUED), [row], now)
    return row


def _end_wishes(group: Group, resident: Resident, by: User | None, now: datetime) -> None:
    """Whoever belongs to it neither asks to nor tries it any more."""
    asked = JoinRequest.objects.filter(group=group, resident=resident, state=State.OPEN)
    asked.update(state=State.ACCEPTED, answered_at=now, answered_by=by)
    ahead = Trial.objects.filter(occasion__activity=group.pk, occasion__starts_at__gt=now)
    ahead.filter(resident=resident).delete()


@transaction.atomic
def leave(*, group: Group, resident: Resident, by: User | None, now: datetime) -> bool:
    """Belong to it no longer; the place goes to the queue. Twice is harmless."""
    return seats.cancel_sign_up(activity=group, resident=resident, by=by, now=now)


def set_wishes(
    *, sign_up: SignUp, wants_reminders: bool, shows_phone: bool, by: User, now: datetime
) -> None:
    """Whether a member is reminded, and whether the leader may see the phone."""
    SignUp.objects.filter(pk=sign_up.pk).update(wants_reminders=wants_reminders)
    Membership.objects.filter(pk=sign_up.pk).update(shows_phone=shows_phone)


def change_since(*, membership: Membership, since: date, by: User, now: datetime) -> None:
    """The day from which somebody has belonged to the group. Raises `Refused` for one ahead."""
    check_since(since, local_day(now))
    Membership.objects.filter(pk=membership.pk).update(since=since)


# --- Where the leader says yes or no ---------------------------------------------------


@transaction.atomic
def ask(
    *, group: Group, resident: Resident, wants_reminders: bool, by: User, now: datetime
) -> JoinRequest:
    """Ask to join; those who lead the group hear. Twice is harmless. Raises `Refused`."""
    lock_groups([group.pk])
    check_can_join(group, resident, now)
    row, is_new = JoinRequest.objects.get_or_create(
        group=group,
        resident=resident,
        state=State.OPEN,
        defaults={"wants_reminders": wants_reminders, "asked_at": now, "asked_by": by},
    )
    if is_new:
        notify(
            kind=messages.ASKED,
            recipients=leader_ids(group.pk),
            subject=ACTIVITY.of(group.pk),
            revision=f"ask.{row.pk}",
            data=_about(group) | {"person": resident.full_name},
            now=now,
        )
    return row


@transaction.atomic
def answer(*, request: JoinRequest, is_yes: bool, by: User, now: datetime) -> None:
    """The leader says yes, or no without a reason; the person hears. Raises `Refused` where it is
    answered already (`answered`) and as `check_can_join`."""
    row = _open_request(request)
    if is_yes:
        who: dict[str, Any] = {"group": row.group, "resident": row.resident, "by": by, "now": now}
        take_in(**who, wants_reminders=row.wants_reminders)
        return
    _close(row, State.DECLINED, by, now)
    notify(
        kind=messages.DECLINED,
        recipients=[row.resident_id],
        subject=ACTIVITY.of(row.group_id),
        revision=f"ask.{row.pk}",
        data=_about(row.group),
        now=now,
    )


@transaction.atomic
def take_back(*, request: JoinRequest, by: User, now: datetime) -> None:
    """Ask no longer. Raises `Refused` where it is answered already."""
    _close(_open_request(request), State.WITHDRAWN, by, now)


def _open_request(request: JoinRequest) -> JoinRequest:
    lock_groups([request.group_id])
    row = JoinRequest.objects.select_related("group", "resident").get(pk=request.pk)
    if row.state != State.OPEN:
        raise Refused("answered", _("This request has its answer already."))
    return row


def _close(row: JoinRequest, state: str, by: User, now: datetime) -> None:
    row.state, row.answered_at, row.answered_by = state, now, by
    row.save(update_fields=["state", "answered_at", "answered_by"])


# --- What members are told of their place ----------------------------------------------


def _about(group: Activity) -> dict[str, object]:
    return {"activity": group.pk, "title": group.title}


def tell(kind: Kind, rows: Sequence[SignUp], now: datetime) -> None:
    for row in rows:
        until = row.offer_expires_at
        notify(
            kind=kind,
            recipients=[row.resident_id],
            subject=ACTIVITY.of(row.activity_id),
            revision=f"{row.pk}.{until:%s}" if until else row.pk,
            data=_about(row.activity)
            | {"membership": row.pk}
            | ({"offer_expires_at": until} if until else {}),
            now=now,
            expires_at=until,
        )


def tell_of_places(kind: Kind, sign_ups: Sequence[SignUp], now: datetime) -> None:
    """Of places in groups in own words; of the programme's other activities in those of all."""
    ids = [row.pk for row in sign_ups]
    rows = SignUp.objects.filter(pk__in=ids, activity__is_ongoing=True)
    in_groups = list(rows.select_related("activity"))
    tell(OWN_WORDS[kind.code], in_groups, now)
    known = {row.pk for row in in_groups}
    if others := [row for row in sign_ups if row.pk not in known]:
        offers.notify_of(kind, others, now)
