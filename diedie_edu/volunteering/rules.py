"""Who can be put on duty, and who may know of it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import day_text, local_day, span_text
from diedie_edu.common.errors import Refused
from diedie_edu.volunteering.models import Duty

LONGEST_DUTY = 24 * 60  # minutes


def check_hours(duty: Duty, minutes: int, by: User | None, now: datetime) -> None:
    """House rule: hours are confirmed of what somebody did, once it is over, by somebody else; a
    day at most."""
    if duty.volunteer is None:
        raise Refused("nobody", _("Nobody was on duty here, so there are no hours to confirm."))
    if by is not None and duty.volunteer.resident.account_id == by.pk:
        raise Refused("own", _("Nobody confirms their own hours. Please ask a colleague."))
    if duty.is_off:
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
    if may_know_of(clash, by):
        text = _("%(person)s is booked already: “%(other)s”, %(day)s, %(time)s.")
    else:
        text = _("%(person)s is booked elsewhere on %(day)s, %(time)s.")
    return Refused("booked", text % words)


def may_know_of(duty: Duty, who: User | None) -> bool:
    """House rule: where a volunteer serves is for those who plan there and for themselves."""
    if who is None or duty.volunteer is None:
        return False
    programme = duty.occasion.activity.programme.slug
    is_own = duty.volunteer.resident.account_id == who.pk
    return is_own or who.may(Permission.PLAN_ACTIVITIES, programme)
