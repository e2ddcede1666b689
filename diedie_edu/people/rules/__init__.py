from diedie_edu.people.rules.consents import (
    check_child_is_open,
    check_is_consented,
    check_may_end,
    check_text_is_in_force,
    erase_on,
    may_consent_for,
)
from diedie_edu.people.rules.residents import (
    check_birth_date,
    check_may_be_stored,
    is_child,
    last_birth_date_of_grown,
    years_old,
)

__all__ = [
    "check_birth_date",
    "check_child_is_open",
    "check_is_consented",
    "check_may_be_stored",
    "check_may_end",
    "check_text_is_in_force",
    "erase_on",
    "is_child",
    "last_birth_date_of_grown",
    "may_consent_for",
    "years_old",
]
