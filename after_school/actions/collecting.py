"""Who may collect a child: named people, passes for a day, walking home. The other guardian is
told of every change.

What a guardian does here raises `Refused` (`decides_not`) where `by` does not decide for the child.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import randbelow
from typing import Any

from django.db import transaction
from django.db.models import F

from after_school import messages
from after_school.actions.deciding import check_decides
from after_school.models import (
    Collector,
    CollectorPass,
    GuardianRight,
    Session,
    Term,
    WalkHomePermission,
)
from after_school.rules import collecting
from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import hash_matches, keyed_hash
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.names import name_key
from diedie_edu.common.phones import phone_key
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.people.rules import consents

PURPOSE = "collector-pass"  # of the keyed hashes


@dataclass(frozen=True)
class NewCollector:
    """Somebody a guardian names."""

    full_name: str
    phone: str
    relation: str
    valid_from: date
    valid_until: date | None = None


@transaction.atomic
def name_collector(*, child: Resident, new: NewCollector, by: User, now: datetime) -> Collector:
    """Let somebody collect, as a guardian who decides for the child.

    Raises `Refused` where `by` does not decide, and as `enter_collector` does.
    """
    check_decides(child.pk, by)
    return enter_collector(child=child, new=new, by=by, now=now)


@transaction.atomic
def enter_collector(*, child: Resident, new: NewCollector, by: User, now: datetime) -> Collector:
    """Enter somebody from a form of enrolment, which staff may type in from paper; the same name
    and phone twice is the same person.

    Raises `Refused` where the child is locked, or the days cannot be.
    """
    consents.check_child_is_open(child)
    collecting.check_period(new.valid_from, new.valid_until, local_day(now))
    days = {"valid_from": new.valid_from, "valid_until": new.valid_until}
    collector, is_new = Collector.objects.get_or_create(
        child=child,
        name_key=name_key(new.full_name),
        phone_key=phone_key(new.phone),
        barred_at=None,
        defaults={
            "full_name": new.full_name,
            "phone": new.phone,
            "relation": new.relation,
            "named_by": by,
            "named_at": now,
            **days,
        },
    )
    if not is_new:
        Collector.objects.filter(pk=collector.pk).update(relation=new.relation, **days)
        return collector
    _notify_others(messages.COLLECTOR_NAMED, child, by, now, collector.pk, who=new.full_name)
    return collector


def list_guardian(
    *, child: Resident, guardian: Resident, relation: str, by: User, now: datetime
) -> Collector:
    """A guardian stands among those who may collect; listing twice is harmless."""
    account = guardian.account
    return Collector.objects.get_or_create(
        child=child,
        guardian=guardian,
        defaults={
            "full_name": guardian.full_name,
            "phone": guardian.phone or (account.phone if account else "-"),
            "relation": str(Guardianship.Relation(relation).label),
            "valid_from": local_day(now),
            "named_by": by,
            "named_at": now,
        },
    )[0]


@transaction.atomic
def bar_collector(*, collector: Collector, reason: str, by: User, now: datetime) -> None:
    """From now on staff are warned and no hand-over to this person is taken.

    Raises `Refused` where it is the last guardian, or barred already.
    """
    check_decides(collector.child_id, by)
    locked = Collector.objects.select_for_update(of=("self",)).get(pk=collector.pk)
    guardians = Collector.objects.filter(
        child=locked.child_id, guardian__isnull=False, barred_at=None
    )
    collecting.check_can_be_barred(locked, guardians.count())
    locked.barred_at, locked.barred_by, locked.barred_reason = now, by, reason
    locked.save(update_fields=["barred_at", "barred_by", "barred_reason"])
    child = Resident.objects.get(pk=locked.child_id)
    _notify_others(messages.COLLECTOR_BARRED, child, by, now, locked.pk, who=locked.full_name)


@transaction.atomic
def make_pass(
    *, child: Resident, term: Term, day: date, full_name: str, phone: str, by: User, now: datetime
) -> tuple[CollectorPass, str]:
    """A pass for one day and its code, which is shown once and kept only as a hash.

    It holds until that day ends, for whoever comes late: a child who is inside is handed over
    also after the hours. Raises `Refused` where the child is locked, the day too far, or the
    4:30 school over for that day.
    """
    check_decides(child.pk, by)
    consents.check_child_is_open(child)
    collecting.check_pass_day(day, local_day(now))
    session = Session.objects.filter(term=term, day=day).first()
    collecting.check_day_goes_on(session, moment(day, term.ends), now)
    code = f"{randbelow(10**collecting.PASS_DIGITS):0{collecting.PASS_DIGITS}d}"
    made = CollectorPass.objects.create(
        child=child,
        day=day,
        full_name=full_name,
        phone=phone,
        code_hash=keyed_hash(_salted(child.pk, day, code), PURPOSE),
        expires_at=moment(day + timedelta(days=1)),
        made_by=by,
        made_at=now,
    )
    _notify_others(messages.PASS_MADE, child, by, now, made.pk, who=full_name, day_on=day)
    return made, code


def _salted(child: int, day: date, code: str) -> str:
    return f"{child} {day} {code}"


def take_back_pass(*, day_pass: CollectorPass, by: User, now: datetime) -> None:
    """What has been used stays; taking back twice is harmless."""
    check_decides(day_pass.child_id, by)
    open_pass = CollectorPass.objects.filter(pk=day_pass.pk, used_at=None, taken_back_at=None)
    open_pass.update(taken_back_at=now)


@transaction.atomic
def use_pass(
    *, child: Resident, day: date, code: str, by: User, now: datetime
) -> CollectorPass | None:
    """The pass whose code was told, used from now on; None where no open pass has this code,
    which then counts as a try of each of them. (A refusal would undo the counting.)"""
    open_passes = CollectorPass.objects.select_for_update(of=("self",)).filter(
        child=child,
        day=day,
        used_at=None,
        taken_back_at=None,
        expires_at__gte=now,
        tries__lt=CollectorPass.MAX_TRIES,
    )
    text = _salted(child.pk, day, code)
    for row in open_passes.order_by("pk"):
        if hash_matches(text, row.code_hash, PURPOSE):
            row.used_at = now
            row.save(update_fields=["used_at"])
            return row
    open_passes.update(tries=F("tries") + 1)
    return None


@transaction.atomic
def permit_walking_home(
    *, child: Resident, valid_from: date, valid_until: date, by: User, now: datetime
) -> WalkHomePermission:
    """Raises `Refused` where the child is locked, or the days cannot be."""
    check_decides(child.pk, by)
    consents.check_child_is_open(child)
    collecting.check_period(valid_from, valid_until, local_day(now))
    given = WalkHomePermission.objects.create(
        child=child, valid_from=valid_from, valid_until=valid_until, given_by=by, given_at=now
    )
    days = {"first_on": valid_from, "last_on": valid_until}
    _notify_others(messages.WALKS_HOME, child, by, now, given.pk, **days)
    return given


def take_back_walking_home(*, permission: WalkHomePermission, by: User, now: datetime) -> None:
    """From now on the child does not leave alone; taking back twice is harmless."""
    check_decides(permission.child_id, by)
    WalkHomePermission.objects.filter(pk=permission.pk, taken_back_at=None).update(
        taken_back_at=now
    )


def _notify_others(
    kind: Kind, child: Resident, by: User, now: datetime, row: int, **facts: Any
) -> None:
    """The guardians but the one who did it, once for each change."""
    others = GuardianRight.objects.filter(child=child).exclude(guardian__account=by)
    notify(
        kind=kind,
        recipients=list(others.values_list("guardian_id", flat=True)),
        subject=messages.CHILD.of(child.pk),
        revision=row,
        data=messages.child_data(child, by=by.display_name, **facts),
        now=now,
    )
