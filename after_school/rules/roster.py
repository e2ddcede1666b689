"""Who takes a slot, until when it can be given back, and what counts as hours served."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.programmes.models import RuleVersion
from diedie_edu.volunteering.models import Duty

MINUTE = 60


def check_slot_is_ahead(occasion: Occasion, now: datetime) -> None:
    """House rule: nobody is put on a duty that is over or does not take place."""
    if occasion.is_called_off:
        raise Refused("called_off", _("This day has been called off, so nobody is needed."))
    if occasion.ends_at <= now:
        raise Refused("over", _("This duty is over."))


def not_cleared() -> Refused:
    """Facts 3: adults close to children have a live clearance on that very day."""
    return Refused(
        "not_cleared",
        _("The check of this person does not cover that day. Please speak with the staff."),
    )


def check_keeps_rules(unconfirmed: RuleVersion | None) -> None:
    """Plan 四(三): whoever takes a duty has confirmed the working rules in force, where there
    are any."""
    if unconfirmed is not None:
        raise Refused(
            "rules", _("Please read the working rules and confirm them; then take the duty.")
        )


def no_slot() -> Refused:
    """House rule: whoever comes first gets the slot."""
    return Refused("taken", _("Somebody was quicker, the slot is taken. Thank you all the same!"))


def check_not_begun(duty: Duty, now: datetime) -> None:
    """House rule: what has begun is no longer given back on the page; a call is quicker."""
    if duty.starts_at <= now:
        raise Refused("begun", _("It has begun already. Please call the staff."))


def check_can_sign_in(duty: Duty, opens_at: datetime, now: datetime) -> None:
    """House rule: on duty from when the afternoon can be opened until it ends."""
    if duty.is_off:
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
