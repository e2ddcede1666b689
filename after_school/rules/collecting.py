"""Who may take a child away, and when."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from after_school.models import Collector, Session
from diedie_edu.common.errors import Refused

PASS_DIGITS = 6


def can_collect(collector: Collector, day: date) -> bool:
    """House rule: from the first to the last of their days, unless barred. The database asks the
    same (`a_child_goes_with_somebody_who_may_collect`)."""
    begun = collector.valid_from <= day
    over = collector.valid_until is not None and collector.valid_until < day
    return begun and not over and not collector.is_barred


def check_period(first: date, last: date | None, today: date) -> None:
    """House rule: a permission ends after it begins, and not in the past."""
    if last is not None and last < first:
        raise Refused("ends_early", _("The last day must come after the first."), "valid_until")
    if last is not None and last < today:
        raise Refused("past", _("That day has passed. Choose today or a day ahead."), "valid_until")


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
