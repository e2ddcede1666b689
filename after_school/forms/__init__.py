from after_school.forms.children import (
    AbsenceForm,
    ChildForm,
    CollectorForm,
    GuardianForm,
    PaperForm,
    PassForm,
    PlaceForm,
    ReasonForm,
    RightForm,
    WalkHomeForm,
)
from after_school.forms.terms import BreakForm, MakeupForm, TermForm, TopicsForm

__all__ = [
    "AbsenceForm",
    "BreakForm",
    "ChildForm",
    "CollectorForm",
    "GuardianForm",
    "MakeupForm",
    "PaperForm",
    "PassForm",
    "PlaceForm",
    "ReasonForm",
    "RightForm",
    "TermForm",
    "TopicsForm",
    "WalkHomeForm",
]
