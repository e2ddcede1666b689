from edu_base.models.applications import Application, Condition, PaperKind
from edu_base.models.dwellings import Dwelling
from edu_base.models.schemes import (
    Belonging,
    College,
    Intake,
    Major,
    SchemeYear,
    Schooling,
)
from edu_base.models.states import Scheme, State
from edu_base.models.steps import Step

__all__ = [
    "Application",
    "Belonging",
    "College",
    "Condition",
    "Dwelling",
    "Intake",
    "Major",
    "PaperKind",
    "Scheme",
    "SchemeYear",
    "Schooling",
    "State",
    "Step",
]
