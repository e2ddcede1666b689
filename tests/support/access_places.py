"""A name in public and an objection to it, for the walk of `test_access.py`."""

from datetime import timedelta
from uuid import uuid4

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.links import token
from edu_base.models import Announcement, Application, Intake, Listing, Objection, State
from tests.support.education import make_application, walk

OF_A_CLASS = {"places", "propose", "announce", "resolve", "report", "offer_next", "close_reserve"}
OF_A_CLASS |= {"objection_enter"}
PUBLIC = {"announcement", "object"}
PLACES = OF_A_CLASS | PUBLIC | {"objection", "objection_outcome", "offer", "place_one", "take_back"}


def make_objection(intake: Intake, by: User) -> None:
    today = local_day(local_now())
    row = make_application(by, intake, State.PROPOSED)
    announced = Announcement.objects.create(
        intake=intake,
        first_on=today,
        last_on=today + timedelta(days=7),
        made_by=by,
        made_at=local_now(),
    )
    Listing.objects.create(announcement=announced, application=row)
    walk(row, State.ANNOUNCED, by, lists=False)
    Objection.objects.create(
        application=row,
        way=Objection.Way.PHONE,
        objector="梁先生",
        words="不住在社区",
        received_on=today,
        sheet=uuid4(),
        language="zh-hans",
        made_by=by,
        made_at=local_now(),
    )


def place_values(name: str) -> dict[str, object]:
    """What stands in the addresses of places, announcements and objections."""
    application = Application.objects.filter(state=State.ANNOUNCED).earliest("pk")
    objection = Objection.objects.earliest("pk")
    if name in OF_A_CLASS:
        return {"pk": application.intake_id}
    if name in PUBLIC:
        return {"pk": application.listing.announcement_id}
    named = (application.pk, 1, application.person_id) if name == "offer" else (objection.pk,)
    purpose = "offer" if name == "offer" else "objection"
    pk = objection.pk if name == "objection" else application.pk
    return {"pk": pk, "token": token(purpose, *named)}
