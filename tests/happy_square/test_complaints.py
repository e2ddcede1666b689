"""A complaint comes in without a name, becomes a finding, and has one answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from happy_square.actions import complaints, findings
from happy_square.models import Complaint, Finding, Group
from happy_square.queries import complaints as queries
from tests.conftest import NOW
from tests.happy_square.conftest import IN_A_WEEK
from tests.support.groups import lead, make_group, make_place
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PHONE = "13812345678"
WORDS = "我是三楼老陈，音响天天响到九点半。"
Complain = Callable[..., Complaint]


@pytest.fixture
def complain(group: Group) -> Complain:
    """`complain(phone=…)`: of the noise of the group, unless told otherwise."""

    def send(address: str = "10.0.0.1", **fields: Any) -> Complaint:
        sheet, language = fields.pop("sheet", uuid4()), fields.pop("language", "zh-hans")
        told = complaints.Told(**{"about": "noise", "words": WORDS, "group": group} | fields)
        sent = {"sheet": sheet, "address": address, "language": language, "now": NOW}
        return complaints.complain(told=told, **sent)

    return send


def notices(kind: str) -> list[Notice]:
    return list(Notice.objects.filter(kind=f"happy_square.{kind}").order_by("pk"))


# --- Coming in -------------------------------------------------------------------------


def test_it_comes_in_sealed_and_whoever_plans_reads_that_there_is_one(
    complain: Complain, staff_user: User
) -> None:
    row = complain(phone=PHONE)
    assert (row.words, row.phone, row.is_new) == (WORDS, PHONE, True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, phone FROM happy_square_complaint")
        assert all(text.startswith("gAAAA") for text in cursor.fetchone())
    notice, *_by_other_ways = notices("complaint_arrived")
    assert notice.account == staff_user
    assert WORDS not in str(notice.data)


def test_whoever_leads_the_group_reads_nothing_of_it(
    complain: Complain, group: Group, staff_user: User
) -> None:
    lead(group, staff_user.resident, part="deputy")
    row = complain()
    assert notices("complaint_arrived") == []
    assert list(queries.visible_to(staff_user)) == []
    settled = {"complaint": row, "result": "nothing_found", "by": staff_user, "now": NOW}
    assert code_of(lambda: complaints.settle(**settled)) == "own_group"


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("nowhere", {"group": None}),
        ("no_words", {"words": "  "}),
        ("no_mobile", {"phone": "0757-86660430"}),
    ],
)
def test_what_a_complaint_needs(complain: Complain, code: str, fields: dict) -> None:
    assert code_of(lambda: complain(**fields)) == code


def test_the_same_sheet_comes_in_once(complain: Complain) -> None:
    sheet = uuid4()
    assert complain(sheet=sheet) == complain(sheet=sheet)


def test_only_so_many_come_from_one_network(complain: Complain, settings: Settings) -> None:
    settings.COMPLAINTS_PER_HOUR = 2
    complain(), complain()
    assert code_of(complain) == "too_many"
    complain(address="10.0.0.2")


# --- What becomes of it ----------------------------------------------------------------


def test_it_becomes_a_finding_that_says_nothing_of_whoever_wrote(
    complain: Complain, group: Group, leader: User, staff_user: User
) -> None:
    row = complain(phone=PHONE)
    found = findings.Found("noise", "晚上音响太大", IN_A_WEEK)
    made = findings.find_after(complaint=row, found=found, by=staff_user, now=NOW)
    assert (made.group, made.what) == (group, "晚上音响太大")
    assert [notice.recipient for notice in notices("found")] == [leader.resident] * 2
    told = str([notice.data for notice in notices("found")]) + str(vars(made))
    assert not [word for word in (PHONE, "老陈", WORDS) if word in told]
    row.refresh_from_db()
    assert (row.finding, row.is_new) == (made, False)
    again = {"complaint": row, "found": found, "by": staff_user, "now": NOW}
    assert code_of(lambda: findings.find_after(**again)) == "has_finding"


def test_several_become_one_and_all_hear_when_it_is_put_right(
    complain: Complain, staff_user: User
) -> None:
    first, second = complain(phone=PHONE), complain(phone="13912345678", language="en")
    found = findings.Found("noise", "晚上音响太大", IN_A_WEEK)
    made = findings.find_after(complaint=first, found=found, by=staff_user, now=NOW)
    complaints.join(complaint=second, finding=made, by=staff_user)
    findings.close(finding=made, words="换了音箱", told="九点后不再放", by=staff_user, now=NOW)
    sent = notices("complaint_settled")
    assert {notice.address for notice in sent} == {PHONE, "13912345678"}
    assert all((notice.recipient, notice.channel) == (None, "sms") for notice in sent)
    for row in (first, second):
        row.refresh_from_db()
        assert (row.result, row.answer, row.phone) == ("put_right", "九点后不再放", "")


def test_the_text_message_leads_to_the_page_with_the_answer(
    complain: Complain, staff_user: User
) -> None:
    row = complain(phone=PHONE)
    complaints.settle(complaint=row, result="nothing_found", by=staff_user, now=NOW)
    text = render(notices("complaint_settled")[0], "zh-hans")
    assert text.path.startswith(f"/square/complaints/{row.pk}-")
    assert "晨光太极队" in text.sms


def test_an_answer_is_given_once(complain: Complain, staff_user: User) -> None:
    row = complain()
    said = {"complaint": row, "result": "not_ours", "by": staff_user, "now": NOW}
    complaints.settle(**said)
    assert notices("complaint_settled") == []
    assert code_of(lambda: complaints.settle(**said)) == "settled"
    found = findings.Found("noise", "x", IN_A_WEEK)
    after = {"complaint": row, "found": found, "by": staff_user, "now": NOW}
    assert code_of(lambda: findings.find_after(**after)) == "settled"


def test_it_joins_what_is_open_at_the_same_place(
    complain: Complain, finding: Finding, staff_user: User
) -> None:
    elsewhere = complain(group=make_group())
    join = {"finding": finding, "by": staff_user}
    assert code_of(lambda: complaints.join(complaint=elsewhere, **join)) == "elsewhere"
    same = complain()
    assert list(queries.findings_to_join(same)) == [finding]
    assert list(queries.findings_to_join(elsewhere)) == []
    findings.close(finding=finding, words="好", by=staff_user, now=NOW)
    assert code_of(lambda: complaints.join(complaint=same, **join)) == "elsewhere"


def test_a_year_after_its_answer_it_is_forgotten(complain: Complain, staff_user: User) -> None:
    complain()
    complaints.settle(complaint=complain(), result="not_ours", by=staff_user, now=NOW)
    complaints.forget_complaints(NOW + 365 * DAY)
    assert Complaint.objects.count() == 2
    complaints.forget_complaints(NOW + 366 * DAY)
    assert [row.is_new for row in Complaint.objects.all()] == [True]


def test_of_a_place_it_becomes_a_finding_there(complain: Complain, staff_user: User) -> None:
    row = complain(group=None, venue=make_place())
    found = findings.Found("order", "摊位占道", IN_A_WEEK)
    made = findings.find_after(complaint=row, found=found, by=staff_user, now=NOW)
    assert (made.group, made.venue) == (None, make_place())


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("complaint_names_a_group_or_a_venue", {"group": None}),
        ("phone_goes_with_the_result", {"result": "put_right", "settled_at": NOW}),
        ("phone_goes_with_the_result", {"phone": "", "answer": "好"}),
    ],
)
def test_the_database_keeps_complaints(complain: Complain, constraint: str, values: dict) -> None:
    row = Complaint.objects.filter(pk=complain(phone=PHONE).pk)
    assert guard_that_stops(lambda: row.update(**values)) == constraint
