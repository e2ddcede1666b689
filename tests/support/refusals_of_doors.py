"""What the doors answer with no, beside what they answer otherwise: one line for each refusal that
no plain walk over the addresses comes to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import resolve, reverse

from diedie_edu.common.links import token
from diedie_edu.office.models import State, Version, Work
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.venues.models import Displacement
from diedie_edu.volunteering.models import Duty
from edu_base.models import Application
from happy_square.actions.leading import offer
from happy_square.models import Group
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.access_house import House
from tests.support.duties import on_duty
from tests.support.groups import lead, member
from tests.support.reviewing import declare, make_reviewer

NOT_FOUND, FORBIDDEN = 404, 403
Parts = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """Parts of the address, its query, what is sent; and who asks where it is somebody else."""

    parts: Callable[[House], Parts] = lambda _house: {}
    query: str = ""
    form: Parts = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True)
class Line:
    """An address and who opens it; what it refuses, with which answer, and what it does not."""

    name: str
    letter: str
    no: Asked
    yes: Asked = Asked()
    answer: int = NOT_FOUND


def status(house: House, line: Line, asked: Asked) -> int:
    user, client = house.knockers[asked.by or line.letter]
    found = resolve(house.things.path(line.name, "", user))
    path = reverse(line.name, args=found.args, kwargs=found.kwargs | asked.parts(house))
    return _answer(client, path + asked.query, asked.form)


def _answer(client: Client, address: str, form: Parts) -> int:
    answer = client.post(address, form) if form else client.get(address)
    return answer.status_code


def child(_house: House) -> Parts:
    return {"pk": Resident.objects.filter(birth_date__year__gte=2016).earliest("pk").pk}


def version_of(work: str) -> Callable[[House], Parts]:
    return lambda _house: {"pk": Version.objects.filter(document__work=work).latest("pk").pk}


def approved(_house: House) -> Parts:
    return {"object_id": Version.objects.filter(state=State.APPROVED).latest("pk").pk}


def somebody_elses_link(_house: House) -> Parts:
    """Of an account that has nothing to do with what gave way."""
    row = Displacement.objects.get()
    other = Resident.objects.filter(account__role_grants__role="resident").latest("pk")
    return {"token": token("displacement", row.pk, other.account_id)}


def helper() -> Volunteer:
    return Volunteer.objects.get(resident__account__isnull=False)


def duty_of_a_roster(_house: House) -> Parts:
    """It has a page of its own."""
    return {"pk": Duty.objects.filter(volunteer=helper(), occasion__activity__term__gt=0).get().pk}


def duty_at_a_lecture(_house: House) -> Parts:
    occasion = Lecture.objects.filter(state="published").earliest("pk").occasion
    return {"pk": on_duty(occasion, helper()).pk}


def case_for(letter: str, tie: str) -> Callable[[House], Parts]:
    """An application to mark, for a reviewer who has said how they stand to whom it is of."""

    def parts(house: House) -> Parts:
        application = Application.objects.filter(state="submitted").earliest("pk")
        account, _client = house.knockers[letter]
        declare(make_reviewer(application.intake, account), application, tie)
        return {"pk": application.pk, "part": "papers"}

    return parts


def group_to_lead(house: House) -> Group:
    """That the group leader among those who knock leads, too."""
    group = Group.objects.get(title="榕树舞蹈队")
    leader, _client = house.knockers["g"]
    if not group.leaderships.filter(resident=leader.resident).exists():
        lead(group, leader.resident, part="deputy")
    return group


def rest_of_a_group(house: House) -> Parts:
    """Leaders may say so themselves."""
    return {"pk": group_to_lead(house).pk, "change": "rest"}


def end_of_a_group(house: House) -> Parts:
    return {"pk": group_to_lead(house).pk, "change": "end"}


def group_handed_over(house: House) -> Parts:
    """Offered to the resident among those who knock."""
    group = Group.objects.get(title="榕树舞蹈队")
    successor, _client = house.knockers["r"]
    member(group, successor.resident)
    by, _client = house.knockers["s"]
    offer(group=group, successor=successor.resident, by=by, now=NOW)
    return {"pk": group.pk}


WITHDRAWN = {"what": "revoked", "words": "金额有误"}
LINES = {
    "figures.views.doors.topic_asked": Line(
        "figures:sessions", "s", no=Asked(query="?topic=0"), yes=Asked(query="?topic=")
    ),
    "office.admin.review": Line(
        "admin:office_version_change",
        "b",
        no=Asked(approved, form=WITHDRAWN, by="s"),
        yes=Asked(approved, form=WITHDRAWN),
        answer=FORBIDDEN,
    ),
    "office.views.budget_files": Line(
        "office:budget_workbook", "s", no=Asked(version_of(Work.PLAN))
    ),
    "office.views.summaries": Line("office:summary_print", "s", no=Asked(version_of(Work.PLAN))),
    "office.views.writing._row_or_404": Line(
        "office:row_change", "s", no=Asked(lambda _house: {"name": "document"})
    ),
    "office.views.writing.row_add": Line(
        "office:row_add", "s", no=Asked(lambda _house: {"name": "document"})
    ),
    "portal.learning.views.record.export": Line(
        "portal:learning_export",
        "r",
        no=Asked(lambda _house: {"extension": "csv"}),
        yes=Asked(lambda _house: {"extension": "json"}),
    ),
    "portal.register.views.family": Line("portal:person_family", "s", no=Asked(child)),
    "portal.rooms.views._day": Line(
        "portal:rooms_day",
        "v",
        no=Asked(query="?day=2126-11-28"),
        yes=Asked(query="?day=2026-11-28"),
    ),
    "publicity.views.consents.give": Line("publicity:consent_give", "s", no=Asked(child)),
    "publicity.views.settings.reviewed": Line(
        "publicity:reviewed",
        "b",
        no=Asked(form={"programme": "nowhere"}),
        yes=Asked(form={"programme": "", "on": "on"}),
    ),
    "venues.views.displacing._named": Line("venues:held", "v", no=Asked(somebody_elses_link)),
    "volunteering.views.cannot_come": Line(
        "volunteering:cannot_come", "u", no=Asked(duty_of_a_roster), yes=Asked(duty_at_a_lecture)
    ),
    "after_school.views.records.audit_pack": Line(
        "after_school:audit_pack",
        "b",
        no=Asked(form={"reason": "核对", "year": "1999"}),
        yes=Asked(form={"reason": "核对", "year": "2026"}),
    ),
    "edu_base.views.reviewing.case": Line(
        "edu_base:case",
        "s",
        no=Asked(case_for("b", "relative"), by="b"),
        yes=Asked(case_for("s", "none")),
    ),
    "happy_square.views.leading.hand_over": Line(
        "happy_square:hand_over", "r", no=Asked(by="u"), yes=Asked(group_handed_over)
    ),
    "happy_square.views.standing.for_staff": Line(
        "happy_square:standing_change", "g", no=Asked(end_of_a_group), yes=Asked(rest_of_a_group)
    ),
    "happy_square.views.standing.standing_change": Line(
        "happy_square:standing_change",
        "s",
        no=Asked(lambda _house: {"change": "nonsense"}),
        yes=Asked(lambda _house: {"change": "end"}),
    ),
}
