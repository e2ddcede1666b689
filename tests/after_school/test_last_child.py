"""Who is not collected: told of at the end, and again, until the child has gone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from after_school.actions import alarms
from after_school.actions.handing_over import hand_over
from after_school.actions.presence import let_in
from after_school.actions.sessions import close_session, open_session
from tests.after_school.conftest import of
from tests.support.afternoons import at, on_the_desk, told
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_the_last_child_is_told_of_at_the_end_and_again_at_set_times(
    session, presence, mother, staff_user
):
    assert alarms.plan_still_here(at(18, 59)) == 0
    for minute in (0, 1, 14, 15, 20):
        alarms.plan_still_here(at(19, minute))
    assert [row.data["time"] for row in told("still_here")] == ["19:00", "19:15"]
    assert {row.recipient for row in told("still_here")} == {mother.resident}
    assert [row.account for row in told("not_collected")] == [staff_user, staff_user]


def test_at_1920_the_last_child_goes_and_nobody_hears_of_it_any_more(
    session, presence, collector, staff_user
):
    alarms.plan_still_here(at(19, 15))
    way = {"collector": collector, "how": "known", "by": staff_user}
    hand_over(**of(presence), **way, now=at(19, 20))
    assert not told("still_here")
    close_session(session=session, by=staff_user, now=at(19, 25))
    assert not told("not_collected")
    assert alarms.plan_still_here(at(19, 30)) == 0


def test_no_word_of_what_is_typed_in_from_paper_in_the_evening(planned, enrolment, staff_user):
    open_session(session=planned, by=staff_user, now=at(19, 30))
    known = {"session": planned, "enrolment": enrolment, "zone": enrolment.zone, "by": staff_user}
    let_in(**known, now=at(19, 31), at=at(16, 40))
    assert alarms.plan_still_here(at(19, 32)) == 0


def test_nobody_hears_of_a_child_who_leaves_at_that_moment(session, presence, staff_user):
    """While the planner counts no child goes: it waits for the session's row."""
    with CaptureQueriesContext(connection) as queries:
        alarms.plan_still_here(at(19))
    said = [row["sql"] for row in queries]
    locked = next(n for n, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql)
    assert "presence" not in "".join(said[:locked])


def test_an_older_day_with_a_child_inside_is_red_and_names_the_day(session, presence, staff_user):
    tomorrow = at(9) + timedelta(days=1)
    first = on_the_desk(staff_user, tomorrow)[0]
    assert first == "11月23日（周一）：还有 1 个孩子没有接走。"
    assert "还没有结束" not in "".join(on_the_desk(staff_user, tomorrow))


def test_the_guardian_reads_that_the_child_is_still_here(presence, mother, client, frozen):
    frozen(at(19, 20))
    client.force_login(mother)
    page = client.get(reverse("after_school:child", args=[presence.child_id])).content.decode()
    assert "孩子还在我们这里" in page


def test_as_many_queries_for_one_child_inside_as_for_three(
    session, presence, enrol_child, make_child, staff_user, django_assert_num_queries
):
    for _child in range(2):
        row = enrol_child(make_child())
        let_in(session=session, enrolment=row, zone=row.zone, by=staff_user, now=at(17))
    with django_assert_num_queries(9):  # with the robots, and those of the savepoint
        assert alarms.plan_still_here(at(19)) > 6


def test_after_midnight_the_last_child_is_still_handed_over_by_a_tap(
    presence, collector, staff_user
):
    way = {"collector": collector, "how": "known", "by": staff_user}
    assert code_of(lambda: hand_over(**of(presence), **way, now=at(23) + 8 * HOUR)) == "time"
    gone = hand_over(**of(presence), **way, now=at(23) + 2 * HOUR)
    assert gone.left_at == at(23) + 2 * HOUR
