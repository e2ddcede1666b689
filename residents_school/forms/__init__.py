from residents_school.forms.lectures import (
    CallOffForm,
    ClockInput,
    DayInput,
    LectureFilter,
    LectureForm,
    MomentInput,
)

__all__ = [
    "CallOffForm",
    "ClockInput",
    "DayInput",
    "LectureFilter",
    "LectureForm",
    "MomentInput",
]
