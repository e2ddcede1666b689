"""An enterprise that nominates, for the walk of `test_access.py`, and what its addresses name."""

from datetime import timedelta

from diedie_edu.accounts.models import User
from diedie_edu.common.links import token
from edu_base.actions.enterprises import send_link
from edu_base.models import Nomination
from tests.conftest import NOW
from tests.support.dream import make_allotment, nominate


def make_dream(by: User) -> None:
    allotment = make_allotment(by, 3)
    send_link(allotment=allotment, until=NOW.date() + timedelta(days=9), by=by, now=NOW)
    nominate(allotment)


def dream_values(name: str) -> dict[str, object]:
    nomination = Nomination.objects.get()
    allotment = nomination.allotment
    if name == "edu_base:nominating":
        return {"token": token("nominating", allotment.pk, allotment.link_number)}
    if name == "edu_base:nominated":
        return {"token": token("nominated", nomination.pk)}
    if name == "edu_base:nomination_end":
        return {"pk": nomination.pk}
    if name in {"edu_base:nominate", "edu_base:nominating_send"}:
        return {"pk": allotment.pk}
    return {"pk": allotment.enterprise_id} if "enterprise" in name else {}
