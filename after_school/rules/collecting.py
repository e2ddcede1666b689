"""Who may take a child away, and when."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from after_school.models import Collector, CollectorPass, Session
from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.people.rules import residents

PASS_DIGITS = 6


def can_collect(collector: Collector, day: date) -> bool:
    """House rule: from the first to the last of their days, unless barred or taken from the list.
    The database asks the same (`a_child_goes_with_somebody_who_may_collect`)."""
    begun = collector.valid_from <= day
    over = collector.valid_until is not None and collector.valid_until < day
    return begun and not over and not collector.is_barred and collector.ended_at is None


def bar_on(
    person: Collector | CollectorPass, barred: Iterable[Collector], guardian: int | None = None
) -> Collector | None:
    """House rule: a bar is on the person, whatever row names it: the same name, phone or guardian.

    Guardians (ids) may share a phone; they are told apart by who they are and by their names. The
    database asks the same (`after_school_is_barred`).
    """
    for row in barred:
        same_phone = guardian is None and person.phone_key == row.phone_key != ""
        same_guardian = guardian is not None and guardian == row.guardian_id
        if person.name_key == row.name_key or same_phone or same_guardian:
            return row
    return None


def check_is_not_barred(bar: Collector | None) -> None:
    """House rule: whoever is barred is not named anew, nor gets a pass, until that is lifted."""
    if bar is not None:
        raise Refused(
            "barred",
            _(
                "%(name)s is barred from collecting this child. Whoever barred them can lift the "
                "bar; if it must be now, please call the staff."
            )
            % {"name": bar.full_name},
            "full_name",
        )


def check_may_lift(collector: Collector, by: User, *, is_staff: bool) -> None:
    """House rule: a bar is lifted by whoever set it, or by staff who have seen why."""
    if not collector.is_barred:
        raise Refused("not_barred", _("This person is not barred."))
    if collector.barred_by_id != by.pk and not is_staff:
        raise Refused(
            "others_bar",
            _("The other guardian barred this person. Please speak with each other, or with us."),
        )


def check_period(first: date, last: date | None, today: date) -> None:
    """House rule: a permission ends after it begins, and not in the past."""
    if last is not None and last < first:
        raise Refused("ends_early", _("The last day must come after the first."), "valid_until")
    if last is not None and last < today:
        raise Refused("past", _("That day has passed. Choose today or a day ahead."), "valid_until")


def check_old_enough_to_walk(birth_date: date | None, first_day: date) -> None:
    """Law on the Protection of Minors art. 21: nobody under eight is left unattended; the
    community may set a higher age (SCHOOL_WALK_HOME_AGE)."""
    age = settings.SCHOOL_WALK_HOME_AGE
    if birth_date is not None and residents.years_old(birth_date, first_day) < age:
        raise Refused(
            "too_young",
            _("A child walks home alone from the age of %d. Please let somebody collect it.") % age,
            "valid_from",
        )


def check_pass_day(day: date, today: date) -> None:
    """House rule: a pass is for today or one of the next seven days."""
    if day < today or (day - today).days > 7:
        raise Refused("day", _("Choose today or one of the next seven days."), "day")


def check_day_goes_on(session: Session | None, ends_at: datetime, now: datetime) -> None:
    """House rule: a pass is made until the hours end, and while the afternoon is still open; not
    for one that is closed."""
    is_closed = session is not None and session.state == Session.State.CLOSED
    is_open = session is not None and session.is_open
    if is_closed or (ends_at <= now and not is_open):
        raise Refused("over", _("The 4:30 school is over for that day."), "day")


def check_can_be_barred(collector: Collector, guardians: int) -> None:
    """House rule: one guardian at least can always collect; who is barred already stays so."""
    if collector.is_barred:
        raise Refused("barred", _("This person is barred already."))
    if collector.guardian_id is not None and guardians < 2:
        raise Refused(
            "last_guardian",
            _("This is the only guardian who collects. Please speak with the staff."),
        )
