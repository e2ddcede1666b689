"""Short hands for tests about the Dream scheme: enterprises, their places, workers nominated."""

from itertools import count

from diedie_edu.accounts.models import User
from diedie_edu.people.models import ConsentText, Organisation
from edu_base.actions import enterprises, nominations
from edu_base.actions.nominations import Nominee
from edu_base.models import (
    Allotment,
    Application,
    Enterprise,
    Intake,
    Nomination,
    SchemeYear,
)
from edu_base.rules.credit_codes import check_sign
from tests.conftest import NOW
from tests.support.children import consent_text
from tests.support.education import make_year

_numbers = count(1)
CONTACT = "13700000001"


def credit_code() -> str:
    first = f"91440606{next(_numbers):09d}"
    return first + check_sign(first)


def make_enterprise(title: str = "", phone: str = CONTACT) -> Enterprise:
    organisation = Organisation.objects.create(
        title=title or f"叠二五金厂{next(_numbers)}",
        kind="enterprise",
        contact="王经理",
        phone=phone,
    )
    return Enterprise.objects.create(organisation=organisation, credit_code=credit_code())


def make_allotment(
    by: User, places: int = 3, year: SchemeYear | None = None, enterprise: Enterprise | None = None
) -> Allotment:
    year = year or SchemeYear.objects.filter(scheme="dream").first()
    year = year or make_year("dream", target=25, places=13)
    return enterprises.allot(
        enterprise=enterprise or make_enterprise(), year=year, places=places, by=by, now=NOW
    )


def nominee(name: str = "", phone: str = "") -> Nominee:
    number = next(_numbers)
    return Nominee(
        full_name=name or f"黄学{'一二三四五六七八九十'[number % 10]}",
        phone=phone or f"136{number:08d}",
        reason="连续两年优秀员工，带出三名徒弟。",
        job="装配",
    )


def nominate(allotment: Allotment, name: str = "", phone: str = "") -> Nomination:
    told = nominee(name, phone)
    return nominations.nominate(allotment=allotment, told=told, by=None, now=NOW)


def text_in_force() -> ConsentText:
    found = ConsentText.objects.filter(programme="edu-base").first()
    return found or consent_text(programme="edu-base")


def say_yes(nomination: Nomination, intake: Intake | None) -> Application:
    """The worker's own, by the link."""
    text = text_in_force()
    return nominations.confirm(nomination=nomination, intake=intake, text=text, now=NOW)
