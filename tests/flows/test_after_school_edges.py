"""The edges of the 4:30 school's day, played on its pages with a clock that stands still."""

import re
from collections.abc import Callable
from datetime import date, time
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from after_school.actions import enrolling
from after_school.models import Presence, PresenceEvent, Session, Term
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.notices import outbox
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import consent_text_in_force
from tests.conftest import NOW
from tests.flows.conftest import open_portal
from tests.flows.school_steps import make_term
from tests.support.guardians import second_guardian, see
from tests.support.refusals import check_at_once
from tests.support.sent_forms import SentForm, forms_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway")]
TUESDAY = date(2026, 11, 24)
DESK, TODAY = "/desk/", "/desk/school/"


class Somebody:
    """Somebody at a screen: reads pages, and sends the forms that stand on them."""

    def __init__(self, user: User):
        self.user, self.client = user, Client()
        self.client.force_login(user)

    def reads(self, address: str) -> str:
        """The words of a page."""
        return words(self.client.get(address, follow=True).text)

    def sends(self, address: str, action: str, **typed: object) -> str:
        """Fill in the form of a page whose action ends so, and read what comes of it."""
        form = self.form(address, action)
        data = form.data() | typed
        return words(self.client.post(form.action, data, follow=True).text)

    def form(self, address: str, action: str) -> SentForm:
        page = self.client.get(address, follow=True)
        here = page.redirect_chain[-1][0] if page.redirect_chain else address
        found = [form for form in forms_on(page.text, here) if form.action.endswith(action)]
        assert found, f"no form for {action} on {here}"
        return found[0]


def words(page: str) -> str:
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.fixture
def at(clock) -> Callable[[int, int], None]:
    """`at(16, 51)`: that time on the Tuesday; what is due by then is planned and sent."""

    def at(hour: int, minute: int) -> None:
        clock.move_to(moment(TUESDAY, time(hour, minute)))
        outbox.tick()
        outbox.deliver()

    return at


@pytest.fixture
def heard(text_messages) -> Callable[..., bool]:
    """`heard(mother, "陈小宝", "16:50")`: whether one text message has all these words."""

    def heard(whom: "Somebody", *said: str) -> bool:
        return any(all(word in text for word in said) for text in text_messages(whom.user.phone))

    return heard


@pytest.fixture
def term(clock, make_user) -> Term:
    open_portal()
    return make_term(make_user(Role.STAFF), TUESDAY)


@pytest.fixture
def staff(term, make_user) -> Somebody:
    return Somebody(make_user(Role.STAFF, display_name="何静怡"))


@pytest.fixture
def enrol(term) -> Callable[[Somebody, str], Resident]:
    """The form of enrolment, filled in and sent; the child."""

    def enrol(guardian: Somebody, name: str) -> Resident:
        wish = enrolling.Wish(
            term=term,
            guardian=guardian.user.resident,
            facts=enrolling.ChildFacts(name, date(2018, 2, 3), "father"),
            place=enrolling.Place("叠滘小学", "二年级", "", term.zones.first(), [2], "", ""),
            collectors=[],
            agreement=consents.Agreement(consent_text_in_force(PROGRAMME, NOW)),
        )
        return see(enrolling.enrol(wish=wish, by=guardian.user, now=NOW).child)

    return enrol


@pytest.fixture
def mother(make_user) -> Somebody:
    return Somebody(make_user(Role.RESIDENT, display_name="李梅"))


@pytest.fixture
def child(mother, enrol) -> Resident:
    return enrol(mother, "陈小宝")


@pytest.fixture
def father(child, mother, make_user) -> Somebody:
    """The second guardian, who decides and collects too."""
    father = Somebody(make_user(Role.RESIDENT, display_name="陈建"))
    second_guardian(child, father.user, mother.user)
    see(child)
    return father


@pytest.fixture
def session(term) -> Session:
    return term.sessions.get(day=TUESDAY)


def page_of(child: Resident) -> str:
    return reverse("after_school:child", args=[child.pk])


def at_the_tablet(session: Session, child: Resident) -> str:
    return reverse("after_school:session_child", args=[session.pk, child.pk])


# --- The stories -----------------------------------------------------------------------


def test_nobody_opens(at, staff, mother, child, session, heard):
    at(16, 34)
    assert not heard(staff, "还没人开门")
    at(16, 35)
    assert heard(staff, "16:30", "还没人开门")
    assert not heard(mother, "还没开门")
    assert "还没有开门签到" in mother.reads(page_of(child))
    at(16, 50)
    assert heard(mother, "陈小宝", "还没开门")
    at(19, 1)
    assert "没有人开放签到" in staff.reads(DESK)
    why = reverse("after_school:session_explain", args=[session.pk])
    assert "台风" in staff.sends(why, "explain/", reason="台风，孩子都在家")
    assert "没有人开放签到" not in staff.reads(DESK)


def test_opened_late(at, staff, mother, child, enrol, make_user, heard):
    other = Somebody(make_user(Role.RESIDENT, display_name="吕父"))
    away = enrol(other, "吕知秋")
    at(17, 0)
    staff.sends(TODAY, "open/")
    staff.sends(TODAY, f"{child.pk}/in/")
    at(17, 9)
    assert heard(mother, "陈小宝", "17:00")
    assert "17:00 到的" in mother.reads(page_of(child))
    assert not heard(other, away.full_name, "17:09")
    at(17, 10)
    assert heard(other, away.full_name, "17:10")
    assert heard(staff, away.full_name, "17:10")
    assert not heard(mother, "17:10")


def test_closed_too_early(at, staff, mother, child, session, heard):
    at(16, 20)
    staff.sends(TODAY, "open/")
    at(16, 24)
    close = reverse("after_school:session_close", args=[session.pk])
    assert "陈小宝" in staff.sends(close, "close/", reason="")
    session.refresh_from_db()
    assert session.is_open
    staff.sends(close, "close/", reason="停电，路灯也不亮")
    session.refresh_from_db()
    assert session.state == Session.State.CLOSED
    at(16, 25)
    assert heard(mother, "陈小宝", "16:24")
    assert "16:24" in mother.reads(page_of(child))
    at(16, 50)
    assert heard(mother, "陈小宝", "16:50")
    assert heard(staff, "陈小宝", "16:50")


def test_called_off_with_children_inside(
    at, staff, mother, child, enrol, make_user, session, heard
):
    other = Somebody(make_user(Role.RESIDENT, display_name="吕父"))
    enrol(other, "吕知秋")
    at(16, 30)
    staff.sends(TODAY, "open/")
    staff.sends(TODAY, f"{child.pk}/in/")
    off = reverse("after_school:session_call_off", args=[session.pk])
    at(16, 40)
    staff.sends(off, "call-off/", reason="暴雨红色预警")
    at(16, 41)
    assert heard(mother, "请来接")
    assert not heard(other, "请来接")
    assert heard(other, "11月24日", "停课")
    assert "陈小宝" in staff.reads(TODAY)
    at(16, 50)
    assert not heard(other, "16:50")
    whom = {"collector": child.collectors.get().pk, "how": "document"}
    at(17, 0)
    staff.sends(at_the_tablet(session, child), "hand-over/", **whom)
    assert Presence.objects.get(child=child).left_at
    staff.sends(reverse("after_school:session_hold_again", args=[session.pk]), "hold-again/")
    at(17, 1)
    assert heard(other, "11月24日", "恢复开课")


def test_a_barred_parent_tries_four_ways(at, staff, mother, father, child, enrol, session):
    at(16, 20)
    staff.sends(TODAY, "open/")
    staff.sends(TODAY, f"{child.pk}/in/")
    own = child.collectors.get(guardian=father.user.resident)
    bar = reverse("after_school:collector_bar", args=[child.pk, own.pk])
    mother.sends(bar, "bar/", reason="法院裁定")

    people = reverse("after_school:collectors", args=[child.pk])
    named = {"full_name": "陈建", "phone": father.user.phone, "relation": "爸爸"}
    father.client.post(people, named | {"valid_from": f"{TUESDAY}"})
    day_pass = reverse("after_school:pass_make", args=[child.pk])
    father.client.post(day_pass, {"day": f"{TUESDAY}", "full_name": "陈建", "phone": ""})
    with pytest.raises(Refused):
        enrol(father, "陈小宝")
    handed = reverse("after_school:hand_over", args=[session.pk, child.pk])
    refused = staff.client.post(handed, {"collector": own.pk, "how": "document"})
    assert "陈建 不可以接走这个孩子" in words(refused.text)

    assert Presence.objects.get().is_inside
    assert child.collectors.filter(barred_at=None).get().guardian == mother.user.resident
    assert not child.passes.exists()
    assert PresenceEvent.objects.filter(what="refused").count() == 1


def test_custody_changes_at_five(at, staff, mother, father, child, session, heard):
    at(16, 20)
    staff.sends(TODAY, "open/")
    staff.sends(TODAY, f"{child.pk}/in/")
    own = child.collectors.get(guardian=mother.user.resident)
    rights = {right.guardian.account_id: right.pk for right in child.guardian_rights.all()}
    check_at_once()  # the mother's consent was given before this day
    at(17, 0)
    change = reverse("after_school:custody_change", args=[child.pk])
    paper = {"paper_reference": "1 号柜 3 号夹 17", "reason": "法院判决，由父亲抚养"}
    who = {"leaving": [rights[mother.user.pk]], "first": rights[father.user.pk]}
    staff.sends(change, "custody/", **paper, **who, has_signed="on")
    at(17, 1)
    assert heard(father, "陈小宝")
    assert mother.client.get(page_of(child)).status_code == 404
    refused = staff.client.post(
        reverse("after_school:hand_over", args=[session.pk, child.pk]),
        {"collector": own.pk, "how": "document"},
    )
    assert "李梅 不可以接走这个孩子" in words(refused.text)
    whom = {"collector": child.collectors.get(barred_at=None).pk, "how": "document"}
    staff.sends(at_the_tablet(session, child), "hand-over/", **whom)
    assert "陈建" in father.reads(page_of(child))
    assert Presence.objects.get().left_at


def test_the_last_child_at_1920(at, staff, mother, child, session, heard):
    at(16, 30)
    staff.sends(TODAY, "open/")
    staff.sends(TODAY, f"{child.pk}/in/")
    at(19, 0)
    assert heard(mother, "陈小宝", "19:00")
    assert heard(staff, "19:00")
    at(19, 15)
    assert heard(mother, "陈小宝", "19:15")
    at(19, 20)
    close = reverse("after_school:session_close", args=[session.pk])
    assert "陈小宝" in staff.reads(close)
    whom = {"collector": child.collectors.get().pk, "how": "document"}
    staff.sends(at_the_tablet(session, child), "hand-over/", **whom)
    assert Presence.objects.get().left_at
    assert "李梅" in mother.reads(page_of(child))
    staff.sends(close, "close/")
    session.refresh_from_db()
    assert session.state == Session.State.CLOSED
    at(19, 30)
    assert not heard(mother, "19:30")
