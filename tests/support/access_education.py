"""The education base for the walk of `test_access.py`: its rows, and what its addresses name."""

from diedie_edu.accounts.models import User
from edu_base.models import Application, College, Intake, Major, Scheme, State
from tests.support.access_asked import asked_values, make_asked
from tests.support.access_dream import dream_values, make_dream
from tests.support.access_grants import grant_values, make_grants
from tests.support.access_places import PLACES, make_objection, place_values
from tests.support.education import make_application

OF_A_CLASS = {
    *("ranking", "rank", "criteria", "criterion_remove", "reviewers", "reviewer_end", "ties"),
}


def make_base(by: User) -> Application:
    """An application of the years that the plan has loaded; nobody who knocks has made it."""
    college = College.objects.create(title_zh="顺德职业技术学院")
    Major.objects.create(college=college, title_zh="护理")
    make_dream(by)
    intake = Intake.objects.filter(scheme=Scheme.HOUSEHOLDS).earliest("pk")
    application = make_application(by, intake, State.SUBMITTED)
    make_asked(application, by)
    make_objection(intake, by)
    make_grants(intake, by)
    return application


def education_values(name: str) -> dict[str, object]:
    """What stands in the addresses of the education base."""
    application = Application.objects.earliest("pk")
    if name.partition(":")[2] in OF_A_CLASS:
        return {"pk": application.intake_id}
    if (which := name.partition(":")[2]) in PLACES:
        return place_values(which)
    if named := grant_values(which):
        return named
    own = {"pk": application.pk, "intake": application.intake_id, "part": "papers"}
    return own | asked_values(name) | dream_values(name)
