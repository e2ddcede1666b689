"""The edges of an afternoon: what is told though nobody taps anything."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from after_school.actions import alarms, missing
from after_school.actions.presence import let_in
from after_school.actions.sessions import close_session, explain_gap, open_session, reopen_session
from after_school.models import Enrolment, Presence, SessionEvent
from after_school.queries import alarms as queries
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.notices.outbox.inbox import deliver_inbox
from tests.after_school.conftest import TODAY
from tests.support.afternoons import at, on_the_desk, told
from tests.support.community import known_as
from tests.support.counting import queries_of
from tests.support.occasions import rebook
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db


# --- Nobody opens ----------------------------------------------------------------------


def test_staff_hear_five_minutes_after_the_start_that_nobody_opened(
    planned, enrolment, staff_user, make_user
):
    lead = make_user(Role.PROGRAMME_LEAD, scope="after-school")
    assert alarms.plan_unopened(at(16, 34)) == 0
    alarms.plan_unopened(at(16, 35))
    assert alarms.plan_unopened(at(16, 36)) == 0
    assert {row.account for row in told("not_opened")} == {staff_user, lead}
    assert Notice.objects.filter(kind="after_school.not_opened", channel="desk").count() == 1
    assert not told("not_opened_for_family")
    assert "16:30 就该开始，到现在还没人开放签到" in on_the_desk(staff_user, at(16, 36))[0]


def test_guardians_hear_when_nobody_can_say_whether_their_child_came(planned, enrolment, mother):
    alarms.plan_unopened(at(16, 50))
    alarms.plan_unopened(at(16, 51))
    [message] = told("not_opened_for_family")
    assert message.recipient == mother.resident
    assert missing.plan_missing(at(16, 51)) == 0


def test_nobody_hears_of_what_is_called_off_or_over(planned, enrolment, staff_user):
    assert alarms.plan_unopened(at(19)) == 0
    rebook(is_off=True)
    assert alarms.plan_unopened(at(17)) == 0
    assert queries.gaps(at(19)).count() == 0


def test_as_many_queries_for_one_family_as_for_three(
    planned, enrolment, enrol_child, make_child, django_assert_num_queries
):
    for _child in range(2):
        enrol_child(make_child())
    with django_assert_num_queries(8):  # with the robots, and those of the savepoint
        assert alarms.plan_unopened(at(16, 50)) > 3


def test_the_pages_say_that_it_is_not_open(planned, enrolment, mother, staff_user, client, frozen):
    frozen(at(17))
    client.force_login(mother)
    page = client.get(reverse("after_school:child", args=[enrolment.child_id]))
    assert "今天四点半学校还没有开门签到" in page.content.decode()
    client.force_login(staff_user)
    page = client.get(reverse("after_school:session", args=[planned.pk]))
    assert "还没有开放签到" in page.content.decode()


def test_an_afternoon_nobody_opened_stays_on_the_desk_until_somebody_says_why(planned, staff_user):
    later = at(19) + timedelta(days=30)
    gap = "有 1 个下午没有人开放签到，也没有写明原因。"
    assert gap not in on_the_desk(staff_user, at(18, 59))
    assert gap in on_the_desk(staff_user, at(19))
    assert gap in on_the_desk(staff_user, later)
    why = {"session": planned, "reason": "台风，孩子都在家", "by": staff_user}
    assert code_of(lambda: explain_gap(now=at(18, 59), **why)) == "no_gap"
    explain_gap(now=later, **why)
    assert gap not in on_the_desk(staff_user, later)
    assert queries.last_event(planned).reason == "台风，孩子都在家"


def test_a_gap_is_explained_in_words(planned, staff_user):
    said = {"session": planned, "what": "explained", "by": staff_user, "at": at(20)}
    silent = lambda: SessionEvent.objects.create(**said)  # noqa: E731
    assert guard_that_stops(silent) == "reopening_has_a_reason"


def test_it_is_explained_on_its_page(planned, staff_user, client: Client, frozen):
    frozen(at(20))
    client.force_login(staff_user)
    address = reverse("after_school:session_explain", args=[planned.pk])
    page = client.post(address, {"reason": "停电"}, follow=True)
    assert "停电" in page.content.decode()


# --- Opened late -----------------------------------------------------------------------


def test_opened_late_those_at_the_door_are_let_in_before_anybody_is_missing(
    planned, enrolment: Enrolment, enrol_child, make_child, homework, staff_user, mother
):
    away = enrol_child(make_child())
    alarms.plan_unopened(at(16, 55))
    open_session(session=planned, by=staff_user, now=at(17))
    assert not told("not_opened")
    assert not told("not_opened_for_family")
    assert [row.account for row in told("opened_late")] == [staff_user]
    let_in(session=planned, enrolment=enrolment, zone=homework, by=staff_user, now=at(17, 1))
    assert [row.recipient for row in told("found")] == [mother.resident]
    assert missing.plan_missing(at(17, 9)) == 0
    assert missing.plan_missing(at(17, 10)) == 1
    assert told("missing")[0].data["child"] == away.child_id


def test_opened_in_time_nobody_is_told_anything(planned, enrolment, homework, staff_user):
    open_session(session=planned, by=staff_user, now=at(16, 34))
    let_in(session=planned, enrolment=enrolment, zone=homework, by=staff_user, now=at(16, 40))
    assert alarms.plan_unopened(at(16, 40)) == 0
    assert not told("opened_late")
    assert not told("found")


def test_what_is_typed_in_from_paper_alarms_nobody(planned, enrolment, homework, staff_user):
    tomorrow = at(9) + timedelta(days=1)
    open_session(session=planned, by=staff_user, now=tomorrow)
    known = {"session": planned, "enrolment": enrolment, "zone": homework, "by": staff_user}
    let_in(**known, now=tomorrow, at=at(16, 40))
    assert not told("opened_late")
    assert not told("found")


def test_the_desk_costs_the_same_for_one_gap_as_for_three(
    term, make_session, staff_user, client, frozen
):
    frozen(at(20))
    client.force_login(staff_user)
    make_session(term, TODAY - timedelta(days=3))
    once = queries_of(client, reverse("portal:desk"))
    for days in range(4, 7):
        make_session(term, TODAY - timedelta(days=days))
    assert queries_of(client, reverse("portal:desk")) == once


# --- Closed too early ------------------------------------------------------------------


EARLY = {"now": at(16, 24), "reason": "停电，路灯也不亮"}


def test_with_children_to_come_it_closes_for_a_reason_alone(session, enrolment, staff_user, mother):
    close = {"session": session, "by": staff_user}
    assert code_of(lambda: close_session(**close, now=at(16, 24))) == "awaited"
    close_session(**close, **EARLY)
    assert queries.last_event(session).reason == "停电，路灯也不亮"
    assert [row.recipient for row in told("closed_for_family")] == [mother.resident]
    [message] = told("closed_with_awaited")
    assert message.account == staff_user
    assert message.data["number"] == 1


def test_the_alarm_for_missing_children_goes_on_after_an_early_closing(
    session, enrolment, staff_user
):
    close_session(session=session, by=staff_user, **EARLY)
    assert missing.plan_missing(at(16, 49)) == 0
    assert missing.plan_missing(at(16, 50)) == 1
    assert missing.plan_missing(at(16, 51)) == 0
    assert len(told("missing")) == 1


def test_it_closes_in_silence_when_nobody_is_awaited_or_it_is_over(
    session, presence, collector, staff_user
):
    way = {"collector": collector, "checked_how": "known"}
    Presence.objects.update(left_at=at(16, 40), left_by=staff_user, **way)
    close_session(session=session, by=staff_user, now=at(16, 45))
    assert not Notice.objects.filter(kind__contains="closed").exists()


def test_opened_again_the_child_who_comes_all_the_same_is_told_of(
    session, enrolment, homework, staff_user, mother
):
    close_session(session=session, by=staff_user, **EARLY)
    reopen_session(session=session, reason="孩子来了", by=staff_user, now=at(16, 35))
    assert not told("closed_for_family")
    let_in(session=session, enrolment=enrolment, zone=homework, by=staff_user, now=at(16, 36))
    assert [row.recipient for row in told("found")] == [mother.resident]


def test_the_page_names_who_is_awaited_and_asks_why(
    session, enrolment, staff_user, mother, client: Client, frozen
):
    frozen(at(16, 24))
    client.force_login(staff_user)
    address = reverse("after_school:session_close", args=[session.pk])
    page = client.post(address, {"reason": ""}).content.decode()
    assert "陈小宝" in page
    session.refresh_from_db()
    assert session.is_open
    page = client.post(address, {"reason": "停电"}, follow=True).content.decode()
    assert "停电" in page
    client.force_login(mother)
    page = client.get(reverse("after_school:child", args=[enrolment.child_id])).content.decode()
    assert "16:24" in page


# --- Whom to call ----------------------------------------------------------------------


@pytest.fixture
def numbers() -> None:
    known_as(phone="0757-81110400", phones={"after-school": "0757-81110430"})


@pytest.mark.usefixtures("numbers")
def test_whoever_is_asked_to_call_reads_the_number(session, enrolment, mother, client, frozen):
    missing.plan_missing(at(16, 50))
    text = render(told("missing")[0], "zh-hans")
    assert "请马上来电 0757-81110430，或点开回复：" in text.sms
    assert text.body.endswith("电话：四点半学校 0757-81110430 · 社区 0757-81110400")
    assert text.variables.keys() == {"name", "time", "key"}
    frozen(at(16, 51))
    client.force_login(mother)
    deliver_inbox(at(16, 51))
    message = Notice.objects.get(recipient=mother.resident, channel="inbox")
    pages = [("after_school:child", enrolment.child_id), ("notices:message", message.pk)]
    for name, number in pages:
        page = client.get(reverse(name, args=[number])).content.decode()
        assert 'href="tel:0757-81110430"' in page


def test_without_a_number_the_text_message_reads_on(session, enrolment):
    known_as(phone="", phones={})
    missing.plan_missing(at(16, 50))
    text = render(told("missing")[0], "zh-hans")
    assert "请马上来电，或点开回复：" in text.sms
    assert "电话：" not in text.body
