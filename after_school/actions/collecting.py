"""Who may collect a child: named people, and bars on them. The other guardian is told of every
change.

`by` is a guardian, or staff on behalf of one; what a guardian does here raises `Refused`
(`decides_not`) where `by` does not decide for the child.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from after_school import messages
from after_school.actions.deciding import Actor, OnBehalf, let_decide
from after_school.actions.kept_away import free_beside
from after_school.models import (
    Absence,
    Collector,
    CollectorPass,
    FamilyEvent,
    GuardianRight,
    Presence,
    WalkHomePermission,
    Whereabouts,
)
from after_school.queries import collecting as queries
from after_school.queries.children import guardians_of, is_barred
from after_school.rules import collecting
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.names import name_key
from diedie_edu.common.phones import phone_key
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.queries.names import register_name
from diedie_edu.people.actions.consents import lock_child_row
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.people.rules import consents


@dataclass(frozen=True)
class NewCollector:
    """Somebody a guardian names."""

    full_name: str
    phone: str
    relation: str
    valid_from: date
    valid_until: date | None = None


@transaction.atomic
def name_collector(*, child: Resident, new: NewCollector, by: Actor, now: datetime) -> Collector:
    """Let somebody collect; the same name and phone twice is the same person.

    Raises `Refused` where `by` does not decide, the child is locked, this person is barred, or the
    days cannot be.
    """
    user = let_decide(child.pk, by, FamilyEvent.What.NAMED, now)
    consents.check_child_is_open(child)
    collecting.check_period(new.valid_from, new.valid_until, local_day(now))
    check_is_not_barred(child, new.full_name, new.phone)
    days = {"valid_from": new.valid_from, "valid_until": new.valid_until}
    collector, is_new = Collector.objects.get_or_create(
        child=child,
        name_key=name_key(new.full_name),
        phone_key=phone_key(new.phone),
        ended_at=None,
        defaults={
            "full_name": new.full_name,
            "phone": new.phone,
            "relation": new.relation,
            "named_by": user,
            "named_at": now,
            **days,
        },
    )
    if not is_new:
        Collector.objects.filter(pk=collector.pk).update(relation=new.relation, **days)
        return collector
    notify_others(messages.COLLECTOR_NAMED, child, user, now, collector.pk, who=new.full_name)
    return collector


def check_is_not_barred(child: Resident, full_name: str, phone: str) -> None:
    """Nobody is barred while the child's row is held, so that what is asked here stays true."""
    lock_child_row(child.pk)
    named = Collector(name_key=name_key(full_name), phone_key=phone_key(phone))
    collecting.check_is_not_barred(bar_on(named, child.pk))


def lock_collector(pk: int, child: int) -> tuple[Collector, Collector | None]:
    """Somebody named for a child (id), and the row by which this person is barred, if any.

    Raises `Collector.DoesNotExist` where this is nobody of this child's.
    """
    named = lock_named(child)
    person = next((row for row in named if row.pk == pk), None)
    if person is None:
        raise Collector.DoesNotExist
    return person, collecting.bar_on(person, barred_of(named), person.guardian_id)


def lock_named(child: int) -> list[Collector]:
    """All who are named for a child (id): nobody of them is barred until this transaction ends."""
    rows = Collector.objects.filter(child=child)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def barred_of(named: list[Collector]) -> list[Collector]:
    return [row for row in named if row.is_barred]


def bar_on(
    person: Collector | CollectorPass, child: int, guardian: int | None = None
) -> Collector | None:
    """The row of a child (id) by which this person is barred now; None where there is none."""
    return collecting.bar_on(person, queries.barred_from(child), guardian)


def list_guardian(
    *, child: Resident, guardian: Resident, relation: str, by: User, now: datetime
) -> Collector:
    """A guardian stands among those who may collect; listing twice is harmless.

    Raises `Refused` where this person, or somebody of that name, is barred.
    """
    if listed := Collector.objects.filter(child=child, guardian=guardian).first():
        collecting.check_is_not_barred(listed if listed.is_barred else None)
        return listed
    account = guardian.account
    lock_child_row(child.pk)
    fresh = Collector(
        child=child,
        guardian=guardian,
        full_name=guardian.full_name,
        name_key=guardian.name_key,
        phone=guardian.phone or (account.phone if account else "-"),
        relation=str(Guardianship.Relation(relation).label),
        valid_from=local_day(now),
        named_by=by,
        named_at=now,
    )
    collecting.check_is_not_barred(bar_on(fresh, child.pk, guardian.pk))
    fresh.save()
    return fresh


@transaction.atomic
def bar_collector(*, collector: Collector, reason: str, by: Actor, now: datetime) -> None:
    """From now on staff are warned and no hand-over to this person is taken, by whatever row or
    pass; a guardian who is barred decides nothing for the child any more, and what they gave others
    has ended.

    Raises `Refused` where it is the last guardian, or barred already.
    """
    user = let_decide(collector.child_id, by, FamilyEvent.What.BARRED, now)
    locked = Collector.objects.select_for_update(of=("self",)).get(pk=collector.pk)
    guardians = Collector.objects.filter(
        child=locked.child_id, guardian__isnull=False, barred_at=None
    )
    collecting.check_can_be_barred(locked, guardians.count())
    locked.barred_at, locked.barred_by, locked.barred_reason = now, user, reason
    locked.save(update_fields=["barred_at", "barred_by", "barred_reason"])
    for right in guardians_of(locked.child_id):
        if is_barred(right):
            end_what_they_gave(right, now)
    free_beside(locked.child_id, user, now)
    child = Resident.objects.get(pk=locked.child_id)
    notify_others(messages.COLLECTOR_BARRED, child, user, now, locked.pk, who=locked.full_name)


def end_what_they_gave(right: GuardianRight, now: datetime) -> None:
    """Passes, permissions and people named by this guardian, or by staff who were asked to."""
    open_passes = CollectorPass.objects.filter(used_at=None, taken_back_at=None)
    walks = WalkHomePermission.objects.filter(taken_back_at=None)
    named = Collector.objects.filter(guardian=None, ended_at=None)
    _given(open_passes, right, "made").update(taken_back_at=now)
    _given(walks, right, "given").update(taken_back_at=now)
    _given(named, right, "named").update(ended_at=now)
    _search_again(right, now)


def _search_again(right: GuardianRight, now: datetime) -> None:
    """What this guardian said of where the child is, or that it does not come, counts no more: it
    is missing as if nobody had said so."""
    today = local_day(now)
    absences = Absence.objects.filter(last_day__gte=today, taken_back_at=None)
    own = absences.filter(enrolment__child=right.child, reported_by__resident=right.guardian)
    own.update(taken_back_at=now)
    answers = Whereabouts.objects.filter(guardian=right.guardian, presence__child=right.child)
    doubted = answers.filter(presence__session__day=today, presence__arrived_at=None)
    Presence.objects.filter(whereabouts__in=doubted).update(missing_notified_at=None)
    doubted.delete()


def _given(rows: QuerySet, right: GuardianRight, how: str) -> QuerySet:
    """Staff write what they are asked for at the moment of its row in the log."""
    asked = FamilyEvent.objects.filter(child=right.child, asked_by=right.guardian).values("at")
    account = right.guardian.account
    own = Q(**{f"{how}_by": account}) if account else Q(pk=None)
    return rows.filter(own | Q(**{f"{how}_at__in": asked}), child=right.child)


@transaction.atomic
def lift_bar(*, collector: Collector, reason: str, by: Actor, now: datetime) -> None:
    """This person may collect again, on the days of the row.

    Staff may lift every bar with a reason. Raises `Refused` where `by` neither set the bar nor is
    staff, or there is none.
    """
    user = let_decide(collector.child_id, by, FamilyEvent.What.LIFTED, now)
    locked = Collector.objects.select_for_update(of=("self",)).get(pk=collector.pk)
    collecting.check_may_lift(locked, user, is_staff=isinstance(by, OnBehalf))
    lifted_at = max(now, locked.barred_at or now)  # the clock may have been set back
    locked.barred_at = locked.barred_by = None
    locked.barred_reason = ""
    locked.lifted_at, locked.lifted_by, locked.lifted_reason = lifted_at, user, reason
    if not GuardianRight.objects.filter(child=locked.child_id, guardian=locked.guardian_id):
        locked.guardian = None  # who was one collects again as others who are named do
    locked.save(
        update_fields=[
            *("guardian", "barred_at", "barred_by", "barred_reason"),
            *("lifted_at", "lifted_by", "lifted_reason"),
        ]
    )
    child = Resident.objects.get(pk=locked.child_id)
    facts = {"who": locked.full_name}
    notify_others(messages.BAR_LIFTED, child, user, now, f"{locked.pk}.{now:%s}", **facts)


def notify_others(
    kind: Kind, child: Resident, by: User, now: datetime, row: int | str, **facts: Any
) -> None:
    """The guardians but the one who did it, once for each change."""
    others = GuardianRight.objects.filter(child=child).exclude(guardian__account=by)
    notify(
        kind=kind,
        recipients=list(others.values_list("guardian_id", flat=True)),
        subject=messages.CHILD.of(child.pk),
        revision=row,
        data=messages.child_data(child, by=register_name(by), **facts),
        now=now,
    )
