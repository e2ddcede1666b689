from edu_base.models.announcements import Announcement, Listing, Resolution
from edu_base.models.applications import Application, Condition, PaperKind
from edu_base.models.asking import StudyQuestion
from edu_base.models.campaign import (
    CampaignEvent,
    EnterpriseOffer,
    Milestone,
    OfferInterest,
)
from edu_base.models.dwellings import Dwelling
from edu_base.models.grant_facts import Fact, GrantFact
from edu_base.models.grants import Award, GrantFund
from edu_base.models.mobilising import ContactList, PhoneLeft, Visit
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
    "Award",
    "Belonging",
    "CampaignEvent",
    "College",
    "Condition",
    "ContactList",
    "Dwelling",
    "EnterpriseOffer",
    "Fact",
    "GrantFact",
    "GrantFund",
    "Intake",
    "Listing",
    "Major",
    "Milestone",
    "Objection",
    "OfferInterest",
    "PaperKind",
    "PhoneLeft",
    "Resolution",
    "Scheme",
    "SchemeYear",
    "Schooling",
    "State",
    "Step",
    "StudyQuestion",
    "Visit",
]
