"""Decisions, pure: rows and `now` come in, `Refused` or nothing comes out."""

from diedie_edu.activities.rules.duties import (
    booked,
    check_can_be_released,
    check_takes_place,
    may_know_of,
)
from diedie_edu.activities.rules.offers import has_expired, offer_expires_at, units, units_that_fit
from diedie_edu.activities.rules.schedule import (
    check_can_be_announced,
    check_can_be_called_off,
    check_can_be_changed,
    check_can_be_closed,
    check_move,
)
from diedie_edu.activities.rules.sign_up import (
    SIGN_UP_RULES,
    can_cancel,
    check_age,
    check_belongs,
    check_cancel,
    check_capacity,
    check_fits_together,
    check_not_called_off,
    check_not_off,
    check_published,
    check_residents_only,
    check_sign_up,
    check_sign_up_not_closed,
    check_sign_up_opened,
    sign_up_refusal,
)

__all__ = [
    "SIGN_UP_RULES",
    "booked",
    "can_cancel",
    "check_age",
    "check_belongs",
    "check_can_be_announced",
    "check_can_be_called_off",
    "check_can_be_changed",
    "check_can_be_closed",
    "check_can_be_released",
    "check_cancel",
    "check_capacity",
    "check_fits_together",
    "check_move",
    "check_not_called_off",
    "check_not_off",
    "check_published",
    "check_residents_only",
    "check_sign_up",
    "check_sign_up_not_closed",
    "check_sign_up_opened",
    "check_takes_place",
    "has_expired",
    "may_know_of",
    "offer_expires_at",
    "sign_up_refusal",
    "units",
    "units_that_fit",
]
