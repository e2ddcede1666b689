"""The doors' forms: translate what people typed, decide nothing."""

from diedie_edu.activities.forms.days import ClosingForm, DayToCloseForm
from diedie_edu.activities.forms.door import (
    BeyondForm,
    ExcuseForm,
    FindForm,
    NewcomerForm,
    SheetForm,
)

__all__ = [
    "BeyondForm",
    "ClosingForm",
    "DayToCloseForm",
    "ExcuseForm",
    "FindForm",
    "NewcomerForm",
    "SheetForm",
]
