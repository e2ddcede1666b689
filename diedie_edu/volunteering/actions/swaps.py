"""Two volunteers exchange their duties in one step, by their own agreement or by a lead.

Lock order: occasions (by id) → duties → volunteers (by id) → notice.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import occasion_data
from diedie_edu.common.errors import constraint_of
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering import messages, rules
from diedie_edu.volunteering.actions.duties import (
    DUTY_CONSTRAINT,
    check_clearance,
    lock_volunteers,
    stop_reminders,
)
from diedie_edu.volunteering.actions.roster import lock_slots
from diedie_edu.volunteering.models import Duty, DutySwap
from diedie_edu.volunteering.queries.duties import clashes
from diedie_edu.volunteering.rosters import roster_of

TWICE = "volunteer_once_per_occasion"


@transaction.atomic
def offer_swap(*, own: Duty, wanted: Duty, now: datetime) -> DutySwap:
    """Ask whoever has a duty to exchange it for one's own; asking twice is once.

    Raises `Refused` as `swap_slots` does.
    """
    mine, theirs = _checked(own, wanted, now)
    asked = _holder(theirs)
    people = {"asking": _holder(mine), "asked": asked}
    swap, is_new = DutySwap.objects.get_or_create(
        offered=mine, wanted=theirs, **people, answer="", defaults={"asked_at": now}
    )
    if is_new:
        kind = roster_of(theirs.occasion).swap
        _notify(kind, theirs, mine, asked, now, swap=swap.pk)
    return swap


@transaction.atomic
def answer_swap(*, swap: DutySwap, takes_it: bool, now: datetime) -> None:
    """The other agrees, and both are exchanged; or cannot, and nothing changes. An answer that is
    given stands. Raises `Refused` as `swap_slots` does."""
    locked = DutySwap.objects.select_for_update(of=("self",), no_key=True).get(pk=swap.pk)
    if locked.answer:
        return
    rules.check_swap_still_holds(locked)
    if takes_it:
        swap_slots(first=locked.offered, second=locked.wanted, by=None, now=now)
    else:
        _notify(messages.SWAP_REFUSED, locked.offered, locked.wanted, locked.asking, now)
    locked.answer = DutySwap.Answer.YES if takes_it else DutySwap.Answer.NO
    locked.answered_at = now
    locked.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def swap_slots(*, first: Duty, second: Duty, by: User | None, now: datetime) -> None:
    """Exchange who has these two duties, and tell both.

    Raises `Refused` where one of them is free, served or begun, or somebody is not cleared on the
    other day, may not be there, or is booked then.
    """
    one, two = _checked(first, second, now)
    first_one, second_one = _holder(one), _holder(two)
    lock_volunteers([first_one.pk, second_one.pk])
    for person, slot in ((first_one, two), (second_one, one)):
        check_clearance(slot.occasion, person)
        away = roster_of(slot.occasion).kept_away(slot.occasion)
        rules.check_may_be_there(is_kept_away=away.filter(pk=person.pk).exists())
    _exchange(one, two, by, now)
    for person, new, old in ((first_one, two, one), (second_one, one, two)):
        stop_reminders(old, person, now)
        _notify(messages.SWAPPED, new, old, person, now)


def _checked(first: Duty, second: Duty, now: datetime) -> tuple[Duty, Duty]:
    """As they are now, both held."""
    for occasion in sorted({first.occasion_id, second.occasion_id}):
        lock_slots(occasion)
    rows = Duty.objects.select_related(
        "volunteer__resident", "occasion__activity__programme", "occasion__venue"
    )
    one, two = rows.get(pk=first.pk), rows.get(pk=second.pk)
    rules.check_can_be_swapped(one, two, now)
    return one, two


def _holder(slot: Duty) -> Volunteer:
    assert slot.volunteer is not None  # `check_can_be_swapped` has seen to that
    return slot.volunteer


def _exchange(one: Duty, two: Duty, by: User | None, now: datetime) -> None:
    """In one statement, at whose end the database checks that nobody is in two places."""
    swapped = Case(When(pk=one.pk, then=Value(two.volunteer_id)), default=Value(one.volunteer_id))
    try:
        with transaction.atomic():
            Duty.objects.filter(pk__in=[one.pk, two.pk]).update(volunteer=swapped, filled_at=now)
    except IntegrityError as error:
        if constraint_of(error) not in (DUTY_CONSTRAINT, TWICE):
            raise
        raise rules.booked(clashes([_holder(one).pk], two.occasion), by) from error


def _notify(
    kind: Kind, slot: Duty, other: Duty, person: Volunteer, now: datetime, **facts: int
) -> None:
    """`slot` is what the message is about, `other` the duty of the other person."""
    data = {**occasion_data(slot.occasion), "other_at": other.starts_at.isoformat(), **facts}
    notify(
        kind=kind,
        recipients=[person.resident_id],
        subject=messages.DUTY.of(slot.pk),
        revision=f"{person.pk}.{now:%Y%m%d%H%M%S}",
        data=data,
        expires_at=slot.ends_at,
        now=now,
    )
