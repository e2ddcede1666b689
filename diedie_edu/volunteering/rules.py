"""Who can be put on duty, until when a slot is given back, what counts as hours served."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import day_text, local_day, span_text
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Volunteer
from diedie_edu.programmes.models import RuleVersion
from diedie_edu.volunteering.models import Duty, DutySwap

LONGEST_DUTY = 24 * 60  # minutes
MINUTE = 60  # seconds


def check_hours(duty: Duty, minutes: int, by: User | None, now: datetime) -> None:
    """House rule: hours are confirmed of what somebody did, also until it was called off, once it
    is over, by somebody else; a day at most."""
    if duty.volunteer is None:
        raise Refused("nobody", _("Nobody was on duty here, so there are no hours to confirm."))
    if by is not None and duty.volunteer.resident.account_id == by.pk:
        raise Refused("own", _("Nobody confirms their own hours. Please ask a colleague."))
    if duty.is_off and not duty.is_served:
        raise Refused("called_off", _("This was called off, so there are no hours to confirm."))
    if now < duty.ends_at:
        raise Refused("not_over", _("This is not over yet. Please confirm the hours afterwards."))
    if not 0 < minutes <= LONGEST_DUTY:
        raise Refused("minutes", _("Please enter between 1 and %s minutes.") % LONGEST_DUTY)


def check_takes_place(occasion: Occasion) -> None:
    """House rule: nobody is put on duty where nothing takes place."""
    if occasion.is_called_off:
        raise Refused("called_off", _("This has been called off already."))


def check_can_be_released(duty: Duty) -> None:
    """House rule: a duty that was served stays, as the proof of the hours."""
    if duty.is_served:
        raise Refused("served", _("This duty has been served, so it stays in the record."))


def check_is_not_there(person: Volunteer, *, is_there: bool) -> None:
    """House rule: nobody fills two slots of one occasion."""
    if is_there:
        raise Refused("booked", _("%s is on duty there already.") % person)


def booked(clashes: Iterable[Duty], by: User | None) -> Refused:
    """House rule: nobody is in two places at a time. Who else has the person is named to those
    who plan for that programme, and to the person; others learn the time alone."""
    clash = next(iter(clashes), None)
    if clash is None:  # it was there a moment ago
        return Refused("booked", _("Somebody was booked at that time. Please try again."))
    words = {
        "person": clash.volunteer,
        "day": day_text(local_day(clash.starts_at)),
        "time": span_text(clash.starts_at, clash.ends_at),
        "other": clash.occasion.activity,
    }
    if can_know_of(clash, by):
        text = _("%(person)s is booked already: “%(other)s”, %(day)s, %(time)s.")
    else:
        text = _("%(person)s is booked elsewhere on %(day)s, %(time)s.")
    return Refused("booked", text % words)


def can_know_of(duty: Duty, who: User | None) -> bool:
    """House rule: where a volunteer serves is for those who plan there and for themselves."""
    if who is None or duty.volunteer is None:
        return False
    programme = duty.occasion.activity.programme.slug
    is_own = duty.volunteer.resident.account_id == who.pk
    return is_own or who.may(Permission.PLAN_ACTIVITIES, programme)


def check_may_want_to_serve(*, serves: bool, is_child: bool) -> None:
    """House rule: whoever serves already keeps their own page; children do not serve. Raises
    `Refused` (`serves`, `child`)."""
    if serves:
        raise Refused("serves", _("You are a volunteer already. Thank you!"))
    if is_child:
        raise Refused("child", _("Volunteers are 14 or older."))


# --- Slots of a roster -----------------------------------------------------------------


def check_slot_is_ahead(occasion: Occasion, now: datetime) -> None:
    """House rule: nobody is put on a duty that is over or does not take place."""
    if occasion.is_called_off:
        raise Refused("called_off", _("This day has been called off, so nobody is needed."))
    if occasion.ends_at <= now:
        raise Refused("over", _("This duty is over."))


def check_is_cleared(is_cleared: bool) -> None:
    """Facts 3: adults close to children have a live clearance on that very day."""
    if not is_cleared:
        raise Refused(
            "not_cleared",
            _("The check of this person does not cover that day. Please speak with the staff."),
        )


def check_may_be_there(*, is_kept_away: bool) -> None:
    """House rule: a programme may keep somebody away from an occasion. It is not said why, for
    that would tell who comes there."""
    if is_kept_away:
        raise Refused(
            "kept_away",
            _("This person cannot be on duty here that day. Please speak with the lead."),
        )


def check_keeps_rules(unconfirmed: RuleVersion | None) -> None:
    """Plan 四(三): whoever takes a duty has confirmed the working rules in force, where there
    are any."""
    if unconfirmed is not None:
        raise Refused(
            "rules", _("Please read the working rules and confirm them; then take the duty.")
        )


def check_slot_is_free(slot: Duty | None) -> Duty:
    """House rule: whoever comes first gets the slot."""
    if slot is None or slot.volunteer_id is not None:
        raise Refused(
            "taken", _("Somebody was quicker, the slot is taken. Thank you all the same!")
        )
    return slot


def check_not_begun(duty: Duty, now: datetime) -> None:
    """House rule: what has begun is no longer given back on the page; a call is quicker."""
    if duty.starts_at <= now:
        raise Refused("begun", _("It has begun already. Please call the staff."))


def check_can_sign_in(
    duty: Duty, opens_at: datetime, now: datetime, *, goes_on: bool = False
) -> None:
    """House rule: on duty from when the afternoon can be opened until it ends; where it is called
    off, only while it `goes_on` for those inside."""
    if duty.is_off and not goes_on:
        raise Refused("called_off", _("This day has been called off, so nobody is needed."))
    if not opens_at <= now <= duty.ends_at:
        raise Refused("time", _("Sign in on the day, from an hour before the start."))


def went_home_at(duty: Duty, now: datetime) -> datetime:
    """House rule: whoever forgets to sign out, and does so on another day, went home at the end
    of the duty."""
    return now if local_day(now) == local_day(duty.starts_at) else duty.ends_at


def minutes_served(signed_in_at: datetime, signed_out_at: datetime) -> int:
    """Plan 四(一): hours are counted from signing in to signing out, in whole minutes."""
    return int((signed_out_at - signed_in_at).total_seconds()) // MINUTE


def check_can_be_swapped(one: Duty, two: Duty, now: datetime) -> None:
    """House rule: two people exchange duties at different times or places that are ahead."""
    for duty in (one, two):
        if duty.volunteer_id is None or duty.is_off or duty.is_served or duty.starts_at <= now:
            raise Refused("swap_gone", _("One of the two duties cannot be swapped any more."))
    if one.volunteer_id == two.volunteer_id or one.occasion_id == two.occasion_id:
        raise Refused("same", _("These two are on duty at the same place, or are one person."))


def check_swap_still_holds(swap: DutySwap) -> None:
    """House rule: a swap is between the two who had the duties when it was asked."""
    now_there = swap.offered.volunteer_id, swap.wanted.volunteer_id
    if now_there != (swap.asking_id, swap.asked_id):
        raise Refused("swap_gone", _("One of the two duties cannot be swapped any more."))
