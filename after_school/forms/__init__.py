from after_school.forms.afternoon import (
    CallForm,
    ClockForm,
    HandOverForm,
    NoteForm,
    SeenForm,
    ZoneForm,
)
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
from after_school.forms.staffing import NeedForm, PlacesForm
from after_school.forms.terms import BreakForm, MakeupForm, TermForm, TopicsForm

__all__ = [
    "AbsenceForm",
    "BreakForm",
    "CallForm",
    "ChildForm",
    "ClockForm",
    "CollectorForm",
    "GuardianForm",
    "HandOverForm",
    "MakeupForm",
    "NeedForm",
    "NoteForm",
    "PaperForm",
    "PassForm",
    "PlaceForm",
    "PlacesForm",
    "ReasonForm",
    "RightForm",
    "SeenForm",
    "TermForm",
    "TopicsForm",
    "WalkHomeForm",
    "ZoneForm",
]
