from residents_school.queries.lectures import (
    announced_lectures,
    lectures,
    lectures_ahead,
    lectures_given_by,
    next_lectures,
    planned_lectures,
    speakers,
    with_own_sign_ups,
)

__all__ = [
    "announced_lectures",
    "lectures",
    "lectures_ahead",
    "lectures_given_by",
    "next_lectures",
    "planned_lectures",
    "speakers",
    "with_own_sign_ups",
]
