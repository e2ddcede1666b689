"""The doors' forms: translate what people typed, decide nothing."""

from diedie_edu.activities.forms.days import ClosingForm, DayToCloseForm

__all__ = ["ClosingForm", "DayToCloseForm"]
