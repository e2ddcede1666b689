from diedie_edu.people.admin.organisations import OrganisationAdmin
from diedie_edu.people.admin.residents import GuardianshipAdmin, HouseholdAdmin, ResidentAdmin
from diedie_edu.people.admin.topics import TopicAdmin, TopicAreaAdmin
from diedie_edu.people.admin.volunteers import VolunteerAdmin

__all__ = [
    "GuardianshipAdmin",
    "HouseholdAdmin",
    "OrganisationAdmin",
    "ResidentAdmin",
    "TopicAdmin",
    "TopicAreaAdmin",
    "VolunteerAdmin",
]
