from edu_base.models.announcements import Announcement, Listing, Resolution
from edu_base.models.applications import Application, Condition, PaperKind
from edu_base.models.asking import StudyQuestion
from edu_base.models.campaign import CampaignEvent, EnterpriseOffer, Milestone, OfferInterest
from edu_base.models.documents import ApplicationDocument, ApplicationLook
from edu_base.models.dwellings import Dwelling, DwellingAnswer
from edu_base.models.enterprises import Allotment, Enterprise
from edu_base.models.grant_facts import Fact, GrantFact
from edu_base.models.grants import Award, GrantFund
from edu_base.models.interviews import Interview
from edu_base.models.liftings import Lifting
from edu_base.models.marks import Criterion, Part, Review, Score
from edu_base.models.mobilising import ContactList, PhoneLeft, Visit
from edu_base.models.nominations import Nomination
from edu_base.models.objections import Objection
from edu_base.models.reviewers import Declaration, Reviewer
from edu_base.models.schemes import Belonging, College, Intake, Major, SchemeYear, Schooling
from edu_base.models.states import Scheme, State
from edu_base.models.steps import Step
from edu_base.models.stops import Stop

__all__ = [
    "Allotment",
    "Announcement",
    "Application",
    "ApplicationDocument",
    "ApplicationLook",
    "Award",
    "Belonging",
    "CampaignEvent",
    "College",
    "Condition",
    "ContactList",
    "Criterion",
    "Declaration",
    "Dwelling",
    "DwellingAnswer",
    "Enterprise",
    "EnterpriseOffer",
    "Fact",
    "GrantFact",
    "GrantFund",
    "Intake",
    "Interview",
    "Lifting",
    "Listing",
    "Major",
    "Milestone",
    "Nomination",
    "Objection",
    "OfferInterest",
    "PaperKind",
    "Part",
    "PhoneLeft",
    "Resolution",
    "Review",
    "Reviewer",
    "Scheme",
    "SchemeYear",
    "Schooling",
    "Score",
    "State",
    "Step",
    "Stop",
    "StudyQuestion",
    "Visit",
]
