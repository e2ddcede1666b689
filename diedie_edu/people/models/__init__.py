from diedie_edu.people.models.clearances import Clearance
from diedie_edu.people.models.consents import ChildView, Consent, ConsentText
from diedie_edu.people.models.imports import ImportJob
from diedie_edu.people.models.organisations import Organisation
from diedie_edu.people.models.residents import Guardianship, Household, Resident
from diedie_edu.people.models.topics import Topic, TopicArea
from diedie_edu.people.models.volunteers import Skill, Volunteer, VolunteerKind

__all__ = [
    "ChildView",
    "Clearance",
    "Consent",
    "ConsentText",
    "Guardianship",
    "Household",
    "ImportJob",
    "Organisation",
    "Resident",
    "Skill",
    "Topic",
    "TopicArea",
    "Volunteer",
    "VolunteerKind",
]
