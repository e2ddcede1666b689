"""A pass for a day, and walking home alone. The other guardian is told of every change.

`by` is a guardian, or staff on behalf of one; what a guardian does here raises `Refused`
(`decides_not`) where `by` does not decide for the child.
"""

from datetime import date, datetime, timedelta
from secrets import randbelow

from django.db import transaction
from django.db.models import F

from after_school import messages
from after_school.actions import collecting
from after_school.actions.deciding import Actor, let_decide
from after_school.models import CollectorPass, FamilyEvent, Session, Term, WalkHomePermission
from after_school.queries.children import guardians_of
from after_school.rules import collecting as rules
from after_school.rules import seeing
from diedie_edu.accounts.models import User
from diedie_edu.common.crypto import hash_matches, keyed_hash
from diedie_edu.common.days import local_day, moment
from diedie_edu.people.models import Resident
from diedie_edu.people.rules import consents

PURPOSE = "collector-pass"  # of the keyed hashes


@transaction.atomic
def make_pass(
    *, child: Resident, term: Term, day: date, full_name: str, phone: str, by: Actor, now: datetime
) -> tuple[CollectorPass, str]:
    """A pass for one day and its code, which is shown once and kept only as a hash.

    It holds until that day ends, for whoever comes late: a child who is inside is handed over
    also after the hours. Raises `Refused` where the child is locked, the day too far, or the
    4:30 school over for that day.
    """
    user = let_decide(child.pk, by, FamilyEvent.What.PASS, now)
    consents.check_child_is_open(child)
    rules.check_pass_day(day, local_day(now))
    session = Session.objects.filter(term=term, day=day).first()
    rules.check_day_goes_on(session, moment(day, term.ends), now)
    collecting.check_is_not_barred(child, full_name, phone)
    code = f"{randbelow(10**rules.PASS_DIGITS):0{rules.PASS_DIGITS}d}"
    made = CollectorPass.objects.create(
        child=child,
        day=day,
        full_name=full_name,
        phone=phone,
        code_hash=keyed_hash(_salted(child.pk, day, code), PURPOSE),
        expires_at=moment(day + timedelta(days=1)),
        made_by=user,
        made_at=now,
    )
    collecting.notify_others(
        messages.PASS_MADE, child, user, now, made.pk, who=full_name, day_on=day
    )
    return made, code


def _salted(child: int, day: date, code: str) -> str:
    return f"{child} {day} {code}"


@transaction.atomic
def take_back_pass(*, day_pass: CollectorPass, by: Actor, now: datetime) -> None:
    """What has been used stays; taking back twice is harmless."""
    let_decide(day_pass.child_id, by, FamilyEvent.What.PASS_BACK, now)
    open_pass = CollectorPass.objects.filter(pk=day_pass.pk, used_at=None, taken_back_at=None)
    open_pass.update(taken_back_at=now)


@transaction.atomic
def use_pass(
    *, child: Resident, day: date, code: str, by: User, now: datetime
) -> CollectorPass | None:
    """The pass whose code was told, used from now on; None where no open pass has this code,
    which then counts as a try of each of them. (A refusal would undo the counting.)

    Raises `Refused` where the pass is for somebody who has been barred since, or by a guardian
    whom staff have not seen.
    """
    barred = collecting.barred_of(collecting.lock_named(child.pk))
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
            rules.check_is_not_barred(rules.bar_on(row, barred))
            seeing.check_word_counts(row.made_by_id, guardians_of(child.pk))
            row.used_at = now
            row.save(update_fields=["used_at"])
            return row
    open_passes.update(tries=F("tries") + 1)
    return None


@transaction.atomic
def permit_walking_home(
    *, child: Resident, valid_from: date, valid_until: date, by: Actor, now: datetime
) -> WalkHomePermission:
    """Raises `Refused` where the child is locked or too young, or the days cannot be."""
    user = let_decide(child.pk, by, FamilyEvent.What.WALK, now)
    consents.check_child_is_open(child)
    rules.check_period(valid_from, valid_until, local_day(now))
    rules.check_old_enough_to_walk(child.birth_date, valid_from)
    given = WalkHomePermission.objects.create(
        child=child, valid_from=valid_from, valid_until=valid_until, given_by=user, given_at=now
    )
    days = {"first_on": valid_from, "last_on": valid_until}
    collecting.notify_others(messages.WALKS_HOME, child, user, now, given.pk, **days)
    return given


@transaction.atomic
def take_back_walking_home(*, permission: WalkHomePermission, by: Actor, now: datetime) -> None:
    """From now on the child does not leave alone; taking back twice is harmless."""
    let_decide(permission.child_id, by, FamilyEvent.What.WALK_BACK, now)
    WalkHomePermission.objects.filter(pk=permission.pk, taken_back_at=None).update(
        taken_back_at=now
    )
