from residents_school.rules.lectures import (
    FURTHEST,
    PROGRAMME,
    check_fits,
    check_lecture_day,
    check_times,
    check_window,
)

__all__ = [
    "FURTHEST",
    "PROGRAMME",
    "check_fits",
    "check_lecture_day",
    "check_times",
    "check_window",
]
