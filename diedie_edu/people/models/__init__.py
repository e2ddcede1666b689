from diedie_edu.people.models.access_log import ChildAccess
from diedie_edu.people.models.changes import RecordChange
from diedie_edu.people.models.clearances import Clearance
from diedie_edu.people.models.consents import Consent, ConsentText
from diedie_edu.people.models.corrections import PersonCorrection
from diedie_edu.people.models.erasures import ErasureRequest
from diedie_edu.people.models.events import PersonEvent
from diedie_edu.people.models.guardianships import Guardianship
from diedie_edu.people.models.households import Household
from diedie_edu.people.models.organisations import Organisation
from diedie_edu.people.models.phones import PhoneChange
from diedie_edu.people.models.residents import Resident
from diedie_edu.people.models.topics import Topic, TopicArea
from diedie_edu.people.models.volunteers import Skill, Volunteer, VolunteerKind

__all__ = [
    "ChildAccess",
    "Clearance",
    "Consent",
    "ConsentText",
    "ErasureRequest",
    "Guardianship",
    "Household",
    "Organisation",
    "PersonCorrection",
    "PersonEvent",
    "PhoneChange",
    "RecordChange",
    "Resident",
    "Skill",
    "Topic",
    "TopicArea",
    "Volunteer",
    "VolunteerKind",
]
