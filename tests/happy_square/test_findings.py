"""A visit is written down once; what was found goes on until it is put right."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Notice
from happy_square.actions import findings
from happy_square.actions.finding_reminders import plan_finding_reminders
from happy_square.models import Finding, FollowUp, Group, Visit
from happy_square.queries import guidance
from tests.conftest import NOW
from tests.happy_square.conftest import IN_A_WEEK
from tests.support.groups import TODAY, lead, make_group, make_place, meet_up
from tests.support.refusals import check_at_once, code_of, guard_that_stops

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Enter = Callable[..., Visit]


def last(finding: Finding) -> int | None:
    """The last word on it, which whoever goes on has read."""
    word = finding.follow_ups.last()
    return word and word.pk


def told(kind: str, channel: str = "inbox") -> list[Notice]:
    return list(Notice.objects.filter(kind=f"happy_square.{kind}", channel=channel).order_by("pk"))


# --- Visits ----------------------------------------------------------------------------


def test_a_visit_keeps_what_was_seen_and_leaders_hear_what_is_to_be_put_right(
    visit: Enter, group: Group, leader: User, staff_user: User
) -> None:
    entered = visit("noise", "accounts", note="来了 32 人")
    assert (entered.in_order, entered.by, entered.note) == (
        ["safety", "order"],
        staff_user,
        "来了 32 人",
    )
    rows = entered.findings.order_by("pk")
    assert [(row.point, row.due_on, row.state) for row in rows] == [
        ("noise", IN_A_WEEK, "open"),
        ("accounts", IN_A_WEEK, "open"),
    ]
    notice = told("found")[0]
    assert (notice.recipient, notice.data["number"]) == (leader.resident, 2)
    assert len(told("found", "sms")) == 1


def test_where_all_is_well_nobody_is_written_to(visit: Enter) -> None:
    visit()
    assert not Notice.objects.exists()


def test_the_same_sheet_is_entered_once(visit: Enter) -> None:
    """The connection on the square broke off, and the form was sent again."""
    sheet = uuid4()
    assert visit("noise", sheet=sheet) == visit("noise", sheet=sheet)
    assert (Visit.objects.count(), Finding.objects.count(), len(told("found"))) == (1, 1, 1)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("nothing_seen", {"in_order": [], "found": []}),
        ("seen_twice", {"found": [findings.Found("safety", "插座裸露", IN_A_WEEK)]}),
        ("seen_twice", {"found": [findings.Found("noise", "太响", IN_A_WEEK)] * 2}),
        ("past", {"found": [findings.Found("noise", "太响", TODAY - DAY)]}),
        ("far", {"found": [findings.Found("noise", "太响", TODAY + 366 * DAY)]}),
    ],
)
def test_what_a_visit_cannot_say(visit: Enter, code: str, fields: dict) -> None:
    assert code_of(lambda: visit(**fields)) == code
    assert not Visit.objects.exists()


def test_what_has_ended_is_not_visited(visit: Enter, group: Group) -> None:
    Group.objects.filter(pk=group.pk).update(standing="ended", standing_reason="队员散了")
    assert code_of(visit) == "ended"


def test_whoever_was_not_visited_for_longest_stands_first(visit: Enter, group: Group) -> None:
    never, today = make_group(title="新队"), make_group(title="今晚的队")
    occasion = meet_up(today, TODAY)
    visit("noise", "accounts")
    visit(group=today)
    rows = list(guidance.groups_to_visit(TODAY))
    assert [row.pk for row in rows] == [today.pk, never.pk, group.pk]
    assert [row.open_findings for row in rows] == [0, 0, 2]
    assert rows[0].meets_at == occasion.starts_at


# --- Going on --------------------------------------------------------------------------


def test_a_group_answers_staff_ask_for_more_and_close_it(
    finding: Finding, leader: User, staff_user: User
) -> None:
    findings.answer(finding=finding, words="音箱已调低", by=leader, now=NOW + DAY)
    assert [notice.account for notice in told("finding_answered")] == [staff_user]
    new_day = IN_A_WEEK + 3 * DAY
    said = {"finding": finding, "by": staff_user, "now": NOW + 2 * DAY}
    assert code_of(lambda: findings.close(words="好", **said)) == "said_more"
    findings.send_back(words="还是太响", due_on=new_day, seen=last(finding), **said)
    finding.refresh_from_db()
    assert (finding.state, finding.due_on) == ("open", new_day)
    assert told("finding_not_enough")[0].recipient == leader.resident
    findings.answer(finding=finding, words="换了小音箱", by=leader, now=NOW + 3 * DAY)
    findings.close(words="现场听过了", seen=last(finding), **said)
    finding.refresh_from_db()
    words = [(row.state, row.words, row.by) for row in finding.follow_ups.all()]
    assert words == [
        ("answered", "音箱已调低", leader),
        ("open", "还是太响", staff_user),
        ("answered", "换了小音箱", leader),
        ("closed", "现场听过了", staff_user),
    ]
    assert (finding.is_closed, told("finding_closed")[0].recipient) == (True, leader.resident)


def test_what_is_closed_is_not_opened_again(finding: Finding, staff_user: User) -> None:
    said = {"finding": finding, "words": "好", "by": staff_user, "now": NOW}
    findings.close(**said)
    assert code_of(lambda: findings.answer(**said)) == "closed"
    assert code_of(lambda: findings.send_back(due_on=IN_A_WEEK, **said)) == "closed"
    assert code_of(lambda: findings.close(**said)) == "closed"


def test_whoever_leads_the_group_does_not_close_it(
    finding: Finding, group: Group, staff_user: User
) -> None:
    lead(group, staff_user.resident, part="deputy")
    said = {"finding": finding, "words": "好", "by": staff_user, "now": NOW}
    assert code_of(lambda: findings.close(**said)) == "own_group"
    assert code_of(lambda: findings.send_back(due_on=IN_A_WEEK, **said)) == "own_group"


def test_a_finding_at_a_venue_has_nobody_to_write_to(staff_user: User) -> None:
    found = findings.Found("order", "堆了杂物", IN_A_WEEK)
    row = findings.find(found=found, venue=make_place(), by=staff_user, now=NOW)
    findings.close(finding=row, words="已清走", by=staff_user, now=NOW)
    assert not Notice.objects.exists()


# --- Reminders -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        (NOW, None),
        (NOW + 3 * DAY, None),
        (NOW + 4 * DAY, "finding_due"),
        (NOW + 7 * DAY, "finding_due"),
        (NOW + 8 * DAY, "finding_overdue"),
        (NOW + 30 * DAY, "finding_overdue"),
    ],
)
def test_leaders_are_reminded_before_the_day_and_after_it(
    finding: Finding, leader: User, moment: datetime, kind: str | None
) -> None:
    assert plan_finding_reminders(moment) == (2 if kind else 0)
    assert plan_finding_reminders(moment) == 0
    if kind:
        assert [notice.recipient for notice in told(kind)] == [leader.resident]


def test_every_step_is_told_once_and_a_new_day_anew(finding: Finding, staff_user: User) -> None:
    for moment in (NOW + 4 * DAY, NOW + 5 * DAY, NOW + 8 * DAY, NOW + 14 * DAY, NOW + 20 * DAY):
        plan_finding_reminders(moment)
    assert (len(told("finding_due")), len(told("finding_overdue"))) == (1, 2)
    said = {"finding": finding, "words": "还要改", "by": staff_user, "now": NOW + 20 * DAY}
    findings.send_back(due_on=TODAY + 30 * DAY, **said)
    plan_finding_reminders(NOW + 28 * DAY)
    assert len(told("finding_due")) == 2


def test_nobody_is_reminded_of_what_is_answered_or_no_longer_leads(
    finding: Finding, group: Group, leader: User, staff_user: User
) -> None:
    findings.answer(finding=finding, words="好了", by=leader, now=NOW)
    assert plan_finding_reminders(NOW + 8 * DAY) == 0
    said = {"finding": finding, "words": "没有", "by": staff_user, "now": NOW}
    findings.send_back(due_on=IN_A_WEEK, seen=last(finding), **said)
    group.leaderships.update(ended_at=NOW)
    assert plan_finding_reminders(NOW + 8 * DAY) == 0


# --- What the database refuses ---------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("finding_is_at_a_group_or_a_venue", {"group": None}),
        ("point_of_a_finding_is_known", {"point": "beauty"}),
        ("finding_says_what", {"what": ""}),
        ("what_was_in_order_has_no_finding", {"point": "safety"}),
        ("a_finding_stands_as_its_last_word_says", {"state": "closed"}),
    ],
)
def test_the_database_keeps_findings(finding: Finding, constraint: str, values: dict) -> None:
    assert (
        guard_that_stops(lambda: Finding.objects.filter(pk=finding.pk).update(**values))
        == constraint
    )


def test_a_finding_is_of_its_visits_group_and_one_of_each_point(finding: Finding) -> None:
    row = Finding.objects.filter(pk=finding.pk)
    assert (
        guard_that_stops(lambda: row.update(group=make_group())) == "finding_is_of_its_visits_group"
    )
    twice = Finding(
        visit=finding.visit,
        group=finding.group,
        point=finding.point,
        what="又一个",
        due_on=IN_A_WEEK,
        found_at=NOW,
    )
    assert guard_that_stops(twice.save) == "one_finding_of_a_point"


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("what_is_not_enough_has_a_new_day", {"state": "open"}),
        ("what_is_not_enough_has_a_new_day", {"due_on": IN_A_WEEK}),
        ("follow_up_says_something", {"words": ""}),
        ("a_finding_stands_as_its_last_word_says", {}),
    ],
)
def test_the_database_keeps_what_was_said(finding: Finding, constraint: str, values: dict) -> None:
    check_at_once()  # of the finding itself
    said = {"finding": finding, "state": "answered", "words": "好", "at": NOW}
    assert guard_that_stops(lambda: FollowUp.objects.create(**said | values)) == constraint


def test_what_was_seen_and_said_stays(finding: Finding, leader: User) -> None:
    visits = Visit.objects.filter(pk=finding.visit_id)
    assert guard_that_stops(lambda: visits.update(in_order=["noise"])) == "a_visit_stays_as_it_was"
    findings.answer(finding=finding, words="好", by=leader, now=NOW)
    assert (
        guard_that_stops(lambda: finding.follow_ups.update(words="不好"))
        == "a_word_on_a_finding_stays"
    )
    row = Visit(group=finding.group, visited_at=NOW, in_order=["beauty"], sheet=uuid4())
    assert guard_that_stops(row.save) == "points_of_a_visit_are_known"
