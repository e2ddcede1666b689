"""The doors' forms: translate what people typed, decide nothing."""

from diedie_edu.activities.forms.days import ClosingForm, DayToCloseForm
from diedie_edu.activities.forms.door import (
    BeyondForm,
    ExcuseForm,
    FindForm,
    NewcomerForm,
    SheetForm,
)
from diedie_edu.activities.forms.feedback import FeedbackForm
from diedie_edu.activities.forms.hours import HoursForm

__all__ = [
    "BeyondForm",
    "ClosingForm",
    "DayToCloseForm",
    "ExcuseForm",
    "FeedbackForm",
    "FindForm",
    "HoursForm",
    "NewcomerForm",
    "SheetForm",
]
