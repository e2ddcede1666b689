from after_school.rules.children import (
    ABSENCE_FURTHEST,
    check_absence,
    check_age,
    check_decides,
    check_was_in_time,
)
from after_school.rules.collecting import (
    PASS_DIGITS,
    check_can_be_barred,
    check_pass_day,
    check_period,
    collects_on,
)
from after_school.rules.terms import (
    PROGRAMME,
    DayState,
    PlannedDay,
    TermDays,
    check_as_shown,
    check_places,
    check_term_days,
    preview,
)

__all__ = [
    "ABSENCE_FURTHEST",
    "PASS_DIGITS",
    "PROGRAMME",
    "DayState",
    "PlannedDay",
    "TermDays",
    "check_absence",
    "check_age",
    "check_as_shown",
    "check_can_be_barred",
    "check_decides",
    "check_pass_day",
    "check_period",
    "check_places",
    "check_term_days",
    "check_was_in_time",
    "collects_on",
    "preview",
]
