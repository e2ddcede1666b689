from edu_base.models.announcements import Announcement, Listing, Resolution
from edu_base.models.applications import Application, Condition, PaperKind
from edu_base.models.dwellings import Dwelling
from edu_base.models.objections import Objection
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
    "Announcement",
    "Application",
    "Belonging",
    "College",
    "Condition",
    "Dwelling",
    "Intake",
    "Listing",
    "Major",
    "Objection",
    "PaperKind",
    "Resolution",
    "Scheme",
    "SchemeYear",
    "Schooling",
    "State",
    "Step",
]
