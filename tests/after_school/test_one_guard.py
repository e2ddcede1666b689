"""Who collects, what staff know, the consent and the place: whatever the way in, only a guardian
who decides changes them. Everything but a request that waits for staff stays as it was."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.test import Client
from django.urls import reverse

from after_school.actions import collecting, consenting, deciding, enrolling, guardians
from after_school.models import (
    Absence,
    Collector,
    CollectorPass,
    Enrolment,
    FamilyEvent,
    GuardianRight,
    Term,
)
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.common.links import token
from diedie_edu.decisions.actions import deciding as decisions
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.rules import Decision
from diedie_edu.people.models import Consent, Guardianship, Household, Resident
from tests.after_school.conftest import TODAY
from tests.after_school.lists.rows import PUPILS, pupil
from tests.conftest import NOW
from tests.support.children import NINE, consent_text
from tests.support.guardians import second_guardian
from tests.support.refusals import check_at_once
from tests.support.sent_forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "school_of_one_child")]
KEPT = (
    *(Resident, Guardianship, GuardianRight, Consent, SignUp, Enrolment, FamilyEvent),
    *(Absence, Collector, CollectorPass),
)
FACTS = ("collector", "allergies", "consent", "place")
FORM = {
    "agreed": "",
    "enrol": "1",
    "child-sent": "1",
    "child-full_name": "陈小宝",
    "child-birth_date": f"{NINE}",
    "child-relation": "father",
    "place-sent": "1",
    "place-school": "叠滘小学",
    "place-grade": "三年级",
    "place-weekdays": [2],
    "place-allergies": "没有",
    "collector-sent": "1",
    "collector-full_name": "陈大伯",
    "collector-phone": "13900007777",
    "collector-relation": "伯伯",
    "collector-valid_from": f"{TODAY}",
}


def stored() -> list[list]:
    return [list(model._base_manager.order_by("pk").values()) for model in KEPT]


# --- Who tries it ----------------------------------------------------------------------


@pytest.fixture
def school_of_one_child(session, enrolment, child):
    """The mother's child is allergic to peanuts; a text of consent is in force."""
    consent_text()
    Enrolment.objects.update(allergies="花生")
    Resident.objects.filter(pk=child.pk).update(full_name="陈小宝")


@pytest.fixture
def father(child, mother, make_user) -> User:
    user = make_user(Role.RESIDENT, display_name="陈建")
    second_guardian(child, user, mother)
    return user


@pytest.fixture
def removed(father, mother) -> User:
    """He has consented himself before; the mother has taken him out since."""
    right = GuardianRight.objects.get(place=2)
    guardians.remove_guardian(right=right, by=mother, now=NOW)
    return father


@pytest.fixture
def barred(father, mother) -> User:
    row = Collector.objects.get(guardian=father.resident)
    collecting.bar_collector(collector=row, reason="法院裁定", by=mother, now=NOW)
    return father


@pytest.fixture
def undeciding(father, mother) -> User:
    right = GuardianRight.objects.get(place=2)
    guardians.change_right(right=right, sees_notes=True, decides=False, by=mother)
    return father


# --- The ways --------------------------------------------------------------------------


@pytest.fixture
def page(as_user, child, enrolment) -> Callable[[User, str], None]:
    """The button of the child's own page."""

    def send(client: Client, name: str, data: dict[str, object]) -> None:
        client.post(reverse(f"after_school:{name}", args=[child.pk]), data)

    def go(user: User, fact: str) -> None:
        client = as_user(user)
        match fact:
            case "collector":
                named = {key[10:]: FORM[key] for key in FORM if key.startswith("collector-")}
                send(client, "collectors", named)
            case "allergies":
                address = reverse("after_school:place", args=[child.pk])
                if client.get(address).status_code == 200:
                    form_on(client, address).typing({"allergies": ["没有"]}).send(client)
            case "consent":
                send(client, "consent", {})
            case "place":
                send(client, "leave", {})

    return go


@pytest.fixture
def form(as_user, term, homework) -> Callable[..., None]:
    """The form of enrolment, sent once more."""

    def go(user: User, fact: str, to: Term = term) -> None:
        zone = to.zones.get(kind="homework")
        sent = FORM | {"agreed": consent_text().pk, "place-zone": zone.pk}
        as_user(user).post(reverse("after_school:enrol", args=[to.pk]), sent)

    return go


@pytest.fixture
def next_term(form, make_term, make_session) -> Callable[[User, str], None]:
    def go(user: User, fact: str) -> None:
        other = make_term(title="寒假托管")
        make_session(other)
        form(user, fact, other)

    return go


@pytest.fixture
def paper(as_user, staff_user, term, homework) -> Callable[[User, str], None]:
    """Signed by this guardian, typed in by staff."""

    def go(user: User, fact: str) -> None:
        sent = {key.partition("-")[2]: FORM[key] for key in FORM if key[:6] in ("child-", "place-")}
        sent |= {"guardian_name": user.display_name, "guardian_phone": user.phone}
        person = ("full_name", "phone", "relation")
        sent |= {f"collector-1-{name}": FORM[f"collector-{name}"] for name in person}
        sent |= {"paper_reference": "3 号柜", "has_signed": "on", "zone": homework.pk}
        client = as_user(staff_user)
        client.post(reverse("after_school:paper_enrolment", args=[term.pk]), sent)

    return go


@pytest.fixture
def listed(checked, term) -> Callable[[User, str], None]:
    """A row of a list is checked by being loaded, and undone."""

    def go(user: User, fact: str) -> None:
        row = pupil(guardian=user.display_name, phone=user.phone, relation="父亲")
        job = checked(PUPILS, row, kind="pupils")
        assert job.status == "faulty" or not job.rows_new

    return go


@pytest.fixture
def approved(form, staff_user) -> Callable[[User, str], None]:
    """A colleague lets pass whatever waits."""

    def go(user: User, fact: str) -> None:
        form(user, fact)
        for request in Request.objects.all():
            decision = Decision(State.APPROVED, shown_now(request), "")
            with suppress(Refused):
                decisions.decide(request=request, decision=decision, by=staff_user, now=NOW)

    return go


@pytest.fixture
def admin_site(form, child, as_user, staff_user) -> Callable[[User, str], None]:
    """Staff enter the bond, and take it out again; the form comes in between."""

    def go(user: User, fact: str) -> None:
        before = list(Guardianship.objects.values_list("pk", flat=True))
        bond = {"guardian": user.resident.pk, "child": child.pk, "relation": "father"}
        client = as_user(staff_user)
        client.post(reverse("admin:people_guardianship_add"), bond)
        form(user, fact)
        Guardianship.objects.exclude(pk__in=before).delete()

    return go


@pytest.fixture
def link(as_user, child) -> Callable[[User, str], None]:
    """The link of a message on the place, kept from before, and the buttons of the household."""

    def go(user: User, fact: str) -> None:
        client = as_user(user)
        household = Household.objects.create(label="12-3-501")
        people = Resident.objects.filter(pk__in=[child.pk, user.resident.pk])
        people.update(household=household)
        for sign_up in SignUp.objects.filter(resident=child):
            page = reverse("activities:place", args=[token("sign_up", sign_up.pk)])
            for act in ("accept", "give_back", "again"):
                client.post(page, {"do": act})
            for name in ("accept", "cancel", "sign_up"):
                button = reverse(f"activities:{name}", args=[sign_up.activity_id])
                client.post(button, {"resident": child.pk})
        people.update(household=None)

    return go


WAYS = ("link", "page", "form", "next_term", "paper", "listed", "approved", "admin_site")


def prepare(fact: str, way: str, child: Resident, mother: User) -> None:
    """The mother has withdrawn, or the child has left the term."""
    if fact == "consent":
        own = Consent.objects.get(guardian=mother.resident, ended_at=None)
        consenting.withdraw(consent=own, ending="online", by=mother, now=NOW)
    if fact == "place" and way not in ("page", "link"):
        enrolling.leave_term(enrolment=Enrolment.objects.get(), by=mother, now=NOW)
    child.refresh_from_db()
    assert child.is_locked == (fact == "consent")


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["removed", "barred", "undeciding"])
def test_who_does_not_decide_changes_nothing(who, way, fact, request, child, mother):
    user, go = request.getfixturevalue(who), request.getfixturevalue(way)
    prepare(fact, way, child, mother)
    before = stored()
    go(user, fact)
    check_at_once()
    assert stored() == before


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("way", ["page", "form", "next_term", "paper"])
def test_who_decides_changes_it(way, fact, request, child, mother):
    """The same ways, so that the test above would see a change."""
    go = request.getfixturevalue(way)
    prepare(fact, way, child, mother)
    go(mother, fact)
    check_at_once()
    child.refresh_from_db()
    match fact:
        case "collector":
            assert child.collectors.filter(full_name="陈大伯").exists()
        case "allergies":
            assert child.enrolments.order_by("pk").last().allergies == "没有"
        case "consent":
            assert not child.is_locked
        case "place":
            is_there = child.sign_ups.filter(status__in=SignUp.LIVE).exists()
            assert is_there == (way != "page")


@pytest.mark.parametrize("way", ["page", "form", "next_term", "paper"])
def test_without_the_guard_it_would_be_changed(way, request, undeciding, monkeypatch):
    monkeypatch.setattr(deciding, "_check_decides", lambda _right: None)
    before = stored()
    request.getfixturevalue(way)(undeciding, "allergies")
    assert stored() != before
