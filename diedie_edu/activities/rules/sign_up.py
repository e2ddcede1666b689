"""Who may take a seat and give it back.

The same list of checkers decides whether a button shows, why it does not, and whether the
POST passes. Each is pure: rows and `now` come in, `Refused` or nothing comes out.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.people.models import Resident
from diedie_edu.people.rules import changes, consents, residents


def check_not_off(activity: Activity) -> None:
    """House rule: of what is called off there is nothing to confirm or give back."""
    if activity.is_called_off:
        raise Refused("called_off", _("This has been called off: %s") % activity.call_off_reason)


def check_not_called_off(activity: Activity, resident: Resident, now: datetime) -> None:
    """House rule: what is called off takes nobody; the reason is shown."""
    check_not_off(activity)


def check_published(activity: Activity, resident: Resident, now: datetime) -> None:
    """House rule: a draft takes nobody."""
    if not activity.was_announced:
        raise Refused("draft", _("This is still being prepared. Please come back later."))


def check_sign_up_opened(activity: Activity, resident: Resident, now: datetime) -> None:
    """House rule: sign-up has a window, shown on the page."""
    if now < activity.sign_up_opens_at:
        raise Refused("not_open_yet", _("Sign-up has not opened yet."))


def check_sign_up_not_closed(activity: Activity, resident: Resident, now: datetime) -> None:
    """House rule: sign-up has a window, shown on the page."""
    if now >= activity.sign_up_closes_at:
        raise Refused("closed", _("Sign-up has closed. You are welcome to ask at the door."))


def check_belongs(activity: Activity, resident: Resident, now: datetime) -> None:
    """Plan 三(二): lectures are for permanent residents; no household registration is asked."""
    if resident.residency == Resident.Residency.OUTSIDE:
        raise Refused(
            "outside",
            _("Seats are for people who live or work in the community. Please ask the staff."),
        )


def check_residents_only(activity: Activity, resident: Resident, now: datetime) -> None:
    """Plan 三(二): 常驻市民; staff say where those who only work here stand back."""
    if activity.residents_only and resident.residency != Resident.Residency.PERMANENT:
        raise Refused(
            "residents_only",
            _(
                "This is for people who live in the community. For %(name)s we have noted: "
                "%(residency)s. If that has changed, please tell the community office."
            )
            % {"name": resident.full_name, "residency": resident.get_residency_display()},
        )


def check_age(activity: Activity, resident: Resident, now: datetime) -> None:
    """House rule: the age is that on the day of the first occasion, or today's where it goes on
    from week to week; whoever's date of birth is not known is taken at their word."""
    if resident.birth_date is None or (activity.min_age, activity.max_age) == (None, None):
        return
    day = local_day(now if activity.is_ongoing else activity.first_starts_at)
    age = residents.years_old(resident.birth_date, day)
    if activity.min_age is not None and age < activity.min_age:
        raise Refused("too_young", _("This is for people of %s and over.") % activity.min_age)
    if activity.max_age is not None and age > activity.max_age:
        raise Refused("too_old", _("This is for people up to the age of %s.") % activity.max_age)


def check_not_locked(activity: Activity, resident: Resident, now: datetime) -> None:
    """PIPL art. 15: from the moment a child's consent ends, nothing new is stored of it."""
    consents.check_child_is_open(resident)


def check_is_here(activity: Activity, resident: Resident, now: datetime) -> None:
    """House rule: whoever has moved away or died is signed up nowhere."""
    changes.check_is_here(resident)


SIGN_UP_RULES = (
    check_not_called_off,
    check_published,
    check_sign_up_opened,
    check_sign_up_not_closed,
    check_belongs,
    check_residents_only,
    check_age,
    check_not_locked,
    check_is_here,
)


def check_sign_up(activity: Activity, resident: Resident, now: datetime) -> None:
    """House rule: the first refusal of `SIGN_UP_RULES` is said; a full activity is no refusal
    but a queue."""
    for check in SIGN_UP_RULES:
        check(activity, resident, now)


def check_fits_together(activity: Activity, people: int) -> None:
    """House rule: more people than there are seats can never get places together."""
    if people > activity.capacity:
        raise Refused(
            "too_many_together",
            _("There are only %s seats, so you cannot all get one. Choose “each on their own”.")
            % activity.capacity,
        )


def check_cancel(activity: Activity, last_starts_at: datetime, now: datetime) -> None:
    """House rule: a seat can be given back until the last occasion begins."""
    check_not_off(activity)
    if now >= last_starts_at:
        raise Refused("begun", _("It has already begun, so the seat cannot be given back."))


def can_cancel(activity: Activity, last_starts_at: datetime, now: datetime) -> bool:
    """House rule: the button to give a seat back shows while `check_cancel` lets it pass."""
    return refusal_of(check_cancel, activity, last_starts_at, now) is None


def check_is_not_in(is_in: bool) -> None:
    """House rule: whoever is checked in keeps the seat, so that nobody is sent into a full room;
    first the door takes the check-in back."""
    if is_in:
        raise Refused(
            "is_in",
            _("Already checked in, so the seat stays. Please speak to the helper at the door."),
        )


def check_may_wait(people_in: Sequence[Resident]) -> None:
    """House rule: whoever has come in, be it beyond the seats, waits for none."""
    for person in people_in:
        raise Refused(
            "is_in",
            _("%(person)s is in already, and needs no place in the queue.")
            % {"person": person.full_name},
        )


def check_capacity(activity: Activity, capacity: int) -> None:
    """House rule: nobody who holds a seat loses it by a smaller number of seats."""
    if capacity < activity.taken:
        raise Refused(
            "below_taken",
            _("%(taken)s people hold a seat already; the number cannot be smaller than that.")
            % {"taken": activity.taken},
            field="capacity",
        )
