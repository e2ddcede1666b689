"""A contact list and a question to a student for the walk of `test_access.py`."""

from datetime import timedelta

from diedie_edu.accounts.models import User
from diedie_edu.common.links import token
from edu_base.models import Application, ContactList, StudyQuestion
from tests.conftest import NOW
from tests.support.education import make_intake, make_year
from tests.support.mobilising import give, live_at


def make_asked(application: Application, by: User) -> None:
    """Next year's classes take applications later; nobody who knocks was given the list."""
    year = make_year(year=NOW.year + 1)
    make_intake(year, closes_on=NOW.date() + timedelta(days=300))
    live_at("3")
    give(year, "3", by)
    StudyQuestion.objects.create(
        application=application, occasion="september", due_on=NOW.date(), answer=""
    )


def asked_values(name: str) -> dict[str, object]:
    """What stands in the addresses, where they are about these."""
    values: dict[str, object] = {}
    question = StudyQuestion.objects.earliest("pk")
    if name in ("edu_base:contact_list", "edu_base:note_visit", "edu_base:visit_back"):
        values["pk"] = ContactList.objects.earliest("pk").pk
    if name == "edu_base:note_answer":
        values["pk"] = question.pk
    if name == "edu_base:study_question":
        values["token"] = token("study_question", question.pk, question.application.person_id)
    return values
