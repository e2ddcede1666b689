"""Taking, giving back and assigning slots, and finding somebody to stand in.

Lock order: occasion → duty → volunteer → notice. The occasion's row stands for all its slots.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import occasion_facts
from diedie_edu.activities.models import Occasion
from diedie_edu.activities.participants import Occasions
from diedie_edu.common.errors import constraint_of
from diedie_edu.notices.actions import cancel, plan_from
from diedie_edu.notices.subjects import as_messages, text_of
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering import messages
from diedie_edu.volunteering.actions import working_rules
from diedie_edu.volunteering.actions.duties import (
    DUTY_CONSTRAINT,
    check_clearance,
    lock_volunteers,
    stop_reminders,
)
from diedie_edu.volunteering.actions.telling import notify_assigned, notify_freed
from diedie_edu.volunteering.models import Duty, StandIn
from diedie_edu.volunteering.queries.duties import clashes, duties_at, who_cannot_come
from diedie_edu.volunteering.queries.roster import who_could_take
from diedie_edu.volunteering.rosters import has_roster, roster_of
from diedie_edu.volunteering.rules import (
    booked,
    check_can_be_released,
    check_is_not_there,
    check_may_be_there,
    check_not_begun,
    check_slot_is_ahead,
    check_slot_is_free,
    minutes_served,
)


@transaction.atomic
def take_slot(*, occasion: Occasion, volunteer: Volunteer, by: User | None, now: datetime) -> Duty:
    """A free slot of an occasion is this person's; taking twice is harmless.

    Raises `Refused` where none is free (`taken`), the day is over or off, or the person is not
    cleared, kept away, booked elsewhere, or takes it without having confirmed the working rules
    (`rules`).
    """
    locked = lock_slots(occasion.pk)
    own = locked.duties.filter(volunteer=volunteer).first()
    if own is not None:
        return own
    working_rules.check_rules_are_kept(locked, volunteer, by, now)
    check_slot_is_ahead(locked, now)
    slot = check_slot_is_free(locked.duties.filter(volunteer=None).order_by("pk").first())
    return _fill(slot, locked, volunteer, by, now)


@transaction.atomic
def assign_slot(*, duty: Duty, volunteer: Volunteer, by: User | None, now: datetime) -> Duty:
    """A lead puts somebody into a free slot. Raises `Refused` as `take_slot` does."""
    locked = lock_slots(duty.occasion_id)
    slot = locked.duties.get(pk=duty.pk)
    if slot.volunteer_id == volunteer.pk:
        return slot
    check_slot_is_ahead(locked, now)
    filled = _fill(check_slot_is_free(slot), locked, volunteer, by, now)
    notify_assigned(filled, volunteer, by, now)
    return filled


def lock_slots(occasion: int) -> Occasion:
    """Let nobody else take, free or open a slot of this occasion (id) until we are done."""
    locked = Occasion.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("activity__programme").get(pk=occasion)


def _fill(
    slot: Duty, occasion: Occasion, volunteer: Volunteer, by: User | None, now: datetime
) -> Duty:
    """Nobody else books this person, and nobody ends the clearance, until we are done."""
    lock_volunteers([volunteer.pk])
    check_is_not_there(volunteer, is_there=occasion.duties.filter(volunteer=volunteer).exists())
    check_clearance(occasion, volunteer)
    away = roster_of(occasion).kept_away(occasion)
    check_may_be_there(is_kept_away=away.filter(pk=volunteer.pk).exists())
    slot.volunteer, slot.filled_at = volunteer, now
    try:
        with transaction.atomic():
            slot.save(update_fields=["volunteer", "filled_at"])
    except IntegrityError as error:
        if constraint_of(error) != DUTY_CONSTRAINT:
            raise
        raise booked(clashes([volunteer.pk], occasion), by) from error
    asked = [roster_of(occasion).stand_in]
    cancel(subject=messages.DUTY.of(slot.pk), kinds=asked, now=now)
    return slot


def give_back_slot(*, duty: Duty, by: User, now: datetime) -> int:
    """A volunteer cannot come. As `free_slot`; raises `Refused` too once the duty has begun."""
    check_not_begun(duty, now)
    return free_slot(duty=duty, by=by, now=now)


@transaction.atomic
def free_slot(*, duty: Duty, by: User | None, now: datetime) -> int:
    """The volunteer does not come: the slot is free, and those who could take it are asked (how
    many); without a roster it goes. Twice is harmless. Raises `Refused` where it is served."""
    lock_slots(duty.occasion_id)
    slot = Duty.objects.select_related("occasion__activity__programme", "occasion__venue").get(
        pk=duty.pk
    )
    if slot.volunteer is None or slot.volunteer_id != duty.volunteer_id:
        return 0
    check_can_be_released(slot)
    gone = slot.volunteer
    slot.volunteer = slot.filled_at = None
    slot.save(update_fields=["volunteer", "filled_at"])
    stop_reminders(slot, gone, now)
    notify_freed(slot, gone, by, now)
    if not has_roster(slot.occasion):
        slot.delete()
    elif not slot.is_off and slot.ends_at > now:
        return ask_stand_ins(slot, gone, now)
    return 0


def release_who_cannot_come(occasions: Occasions, now: datetime) -> None:
    """Before called-off occasions (ids) are held again: free the slots of those who are on duty
    elsewhere by now, not cleared any more, or kept away. Others are asked to stand in.

    Raises `Refused` where one of them has served there already.
    """
    lock_volunteers(duties_at(occasions).values_list("volunteer", flat=True))
    leaving = [*who_cannot_come(occasions), *_kept_away(occasions)]
    staying = duties_at(occasions).exclude(pk__in=[slot.pk for slot in leaving])
    busy = list(staying.values_list("volunteer", flat=True))
    for slot in leaving:
        check_can_be_released(slot)
        gone, slot.volunteer = slot.volunteer, None
        assert gone is not None
        if has_roster(slot.occasion):
            slot.save(update_fields=["volunteer"])
            ask_stand_ins(slot, gone, now, busy)
        else:
            slot.delete()


def _kept_away(occasions: Occasions) -> Iterator[Duty]:
    """Who may not be there any more, though free and cleared."""
    able = duties_at(occasions).exclude(pk__in=who_cannot_come(occasions).values("pk"))
    for slot in able.select_related("volunteer", "occasion__activity__programme"):
        if has_roster(slot.occasion):
            away = roster_of(slot.occasion).kept_away(slot.occasion)
            if away.filter(pk__in=[slot.volunteer_id]).exists():
                yield slot


def ask_stand_ins(slot: Duty, gone: Volunteer, now: datetime, busy: Collection[int] = ()) -> int:
    """Ask everybody who is cleared and free that day, and not among the `busy` (ids), by one
    message each with a signed link."""
    away = roster_of(slot.occasion).kept_away(slot.occasion)
    free = who_could_take(slot.occasion).exclude(pk__in=away)
    others = free.exclude(pk__in=[gone.pk, *busy])
    StandIn.objects.bulk_create(
        [StandIn(duty=slot, volunteer=person, asked_at=now) for person in others],
        update_conflicts=True,
        unique_fields=["duty", "volunteer"],
        update_fields=["asked_at", "answer", "answered_at"],
    )
    asked = StandIn.objects.filter(duty=slot, asked_at=now, answer="")
    plan_from(
        kind=roster_of(slot.occasion).stand_in,
        people=as_messages(
            asked,
            recipient="volunteer__resident_id",
            subject=messages.DUTY.of(slot.pk),
            revision=text_of(F("pk"), f".{now:%Y%m%d%H%M%S}"),
            data=occasion_facts("duty__occasion__") | {"stand_in": F("pk")},
            now=now,
            expires_at=F("duty__ends_at"),
        ),
        now=now,
    )
    return asked.count()


@transaction.atomic
def answer_stand_in(
    *, stand_in: StandIn, takes_it: bool, now: datetime, keeps_rules: bool = False
) -> Duty | None:
    """The first who accepts gets the slot; answering twice is harmless. `keeps_rules`: the
    sentence on the page was ticked.

    Raises `Refused` where somebody was quicker, the day is over or off, or the person is booked
    or not cleared any more, or the working rules are not confirmed (`rules`).
    """
    duty, person = stand_in.duty, stand_in.volunteer
    if takes_it:
        working_rules.keep_rules(duty.occasion, person, keeps_rules, now)
    taken = assign_slot(duty=duty, volunteer=person, by=None, now=now) if takes_it else None
    answer = StandIn.Answer.YES if takes_it else StandIn.Answer.NO
    StandIn.objects.filter(pk=stand_in.pk).update(answer=answer, answered_at=now)
    return taken


# --- Leaving at once -------------------------------------------------------------------


@transaction.atomic
def send_home(*, duty: Duty, by: User | None, now: datetime) -> None:
    """Whoever is on duty leaves at once; staff are told. The minutes until now wait for approval,
    and while the occasion runs, others are asked to stand in. Without a whole minute the
    sign-in is taken back. Twice is harmless."""
    lock_slots(duty.occasion_id)
    slot = Duty.objects.select_related("occasion__activity__programme", "occasion__venue").get(
        pk=duty.pk
    )
    gone = slot.volunteer
    if gone is None or slot.signed_in_at is None or slot.signed_out_at is not None:
        return
    if has_roster(slot.occasion):
        roster_of(slot.occasion).must_leave(slot, gone, now)
    free = _sign_out(slot, now)
    if free and has_roster(slot.occasion):
        ask_stand_ins(free, gone, now)


def _sign_out(slot: Duty, now: datetime) -> Duty | None:
    """The slot that is free for the rest of the time, if there is a rest."""
    assert slot.signed_in_at is not None
    runs_on = now < slot.ends_at and not slot.is_off
    minutes = minutes_served(slot.signed_in_at, now)
    if minutes <= 0:
        slot.volunteer = slot.filled_at = slot.signed_in_at = None
        slot.save(update_fields=["volunteer", "filled_at", "signed_in_at"])
        return slot if runs_on else None
    slot.signed_out_at, slot.served_minutes = now, minutes
    slot.save(update_fields=["signed_out_at", "served_minutes"])
    if not runs_on:
        return None
    fresh = Duty.at(slot.occasion, None, slot.work)
    fresh.save()
    return fresh
