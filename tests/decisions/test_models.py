"""What the database refuses, whatever the way in."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from diedie_edu.decisions.models import Deputy, Request, State, Step
from tests.conftest import NOW
from tests.decisions.conftest import decide
from tests.support.refusals import check_at_once, guard_that_stops, run

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SET = "UPDATE decisions_request SET"


@pytest.fixture
def refused(request_, lead) -> Request:
    decide(request_, State.REFUSED, lead)
    check_at_once()
    return Request.objects.get()


def stopped(statement: str, *values: object) -> str:
    return guard_that_stops(lambda: run(statement, *values))


# --- Requests --------------------------------------------------------------------------


def test_a_thing_is_asked_for_once_at_a_time(request_):
    row = {name: getattr(request_, name) for name in ("kind", "subject", "programme", "asked_by")}
    again = lambda: Request.objects.create(**row, last_step=1)  # noqa: E731
    assert guard_that_stops(again) == "asked_once_at_a_time"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'lost'", "state_of_a_request_is_known"),
        ("submitted_at = NULL", "what_is_sent_has_a_version_and_a_day"),
        ("due_on = NULL", "what_is_sent_has_a_version_and_a_day"),
        ("version = 'abc'", "what_is_sent_has_a_version_and_a_day"),
        ("remind_on = NULL", "what_waits_is_reminded_of"),
        ("state = 'withdrawn'", "what_waits_is_reminded_of"),
        ("decided_at = now()", "what_is_decided_says_by_whom_and_when"),
        ("state = 'approved', remind_on = NULL", "what_is_decided_says_by_whom_and_when"),
        ("erased_at = now()", "what_is_erased_is_closed_and_empty"),
    ],
)
def test_a_request_that_waits_says_all_that_it_must(request_, change, constraint):
    assert stopped(f"{SET} {change}") == constraint


def test_nobody_decides_their_own(refused, staff_user):
    for column in ("decided_by_id", "decided_for_id"):
        assert stopped(f"{SET} {column} = asked_by_id") == "nobody_decides_their_own"
    alone = f"{SET} decided_for_id = decided_by_id"
    assert stopped(alone) == "nobody_stands_in_for_themselves"


def test_nothing_is_decided_without_a_step_that_says_so(request_, lead):
    decided = f"{SET} state = 'approved', remind_on = NULL, decided_at = now(), decided_by_id = %s"
    assert stopped(decided, lead.pk) == "a_request_stands_as_its_last_step_says"
    version = f"{SET} version = repeat('0', 64)"
    assert stopped(version) == "a_request_stands_as_its_last_step_says"


def test_who_decided_is_who_the_step_names(refused, staff_user):
    other = f"{SET} decided_by_id = %s"
    assert stopped(other, staff_user.pk) == "a_request_stands_as_its_last_step_says"
    deputy = f"{SET} decided_for_id = %s"
    assert stopped(deputy, staff_user.pk) == "a_request_stands_as_its_last_step_says"


@pytest.mark.parametrize("column", ["kind", "programme", "subject", "asked_by_id"])
def test_what_it_is_about_stays(request_, staff_user, column):
    value = {"subject": 0, "asked_by_id": staff_user.pk}.get(column, "other")
    assert stopped(f"{SET} {column} = %s", value) == "what_a_request_is_about_stays"


def test_a_closed_request_stays_closed(refused, lead):
    def go_on() -> None:
        step = {"number": refused.last_step + 1, "what": "approved", "at": NOW, "by": lead}
        seen = {"version": refused.version, "shown": refused.steps.last().shown}
        Step.objects.create(request=refused, **step, **seen)
        Request.objects.update(state="approved", last_step=refused.last_step + 1)

    assert guard_that_stops(go_on) == "a_closed_request_stays_closed"


def test_a_request_is_never_deleted(request_):
    assert stopped("DELETE FROM decisions_request") == "a_request_is_never_deleted"


@pytest.mark.parametrize("table", ["request", "step", "deputy"])
def test_no_table_is_emptied(request_, table):
    check_at_once()  # rows that wait for their check are not emptied anyway
    cascade = f"TRUNCATE decisions_{table} CASCADE"
    assert stopped(cascade).endswith("are_never_emptied")


# --- Steps -----------------------------------------------------------------------------


@pytest.fixture
def enter(request_, lead):
    """A step by SQL's back door, with the request that goes on by it."""

    def enter(**fields: object) -> None:
        last = request_.steps.last()
        defaults = {"what": "refused", "reason": "Why not", "at": NOW, "by": lead}
        seen = {"version": last.version, "shown": last.shown, "number": last.number + 1}
        Step.objects.create(request=request_, **defaults | seen | fields)

    return enter


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"number": 2}, "step_has_its_number"),
        ({"number": 0}, "steps_are_counted_from_one"),
        ({"what": "lost", "version": "", "shown": ""}, "step_is_known"),
        ({"reason": ""}, "a_no_has_a_reason"),
        ({"what": "returned", "reason": ""}, "a_no_has_a_reason"),
        ({"version": ""}, "step_keeps_the_version_it_saw"),
        ({"shown": ""}, "step_keeps_what_it_saw"),
        ({"by": None}, "a_request_ends_by_itself_alone"),
        ({}, "a_step_belongs_to_its_requests_history"),
    ],
)
def test_a_step_says_all_that_it_must(enter, fields, constraint):
    assert guard_that_stops(lambda: enter(**fields)) == constraint


def test_deputies_decide_for_others_and_nothing_else(enter, lead, staff_user):
    itself = lambda: enter(acting_for=lead)  # noqa: E731
    assert guard_that_stops(itself) == "deputies_decide_for_others"
    submitted = lambda: enter(what="submitted", acting_for=staff_user)  # noqa: E731
    assert guard_that_stops(submitted) == "deputies_decide_for_others"


@pytest.mark.parametrize("change", ["at = now()", "what = 'approved'", "number = 9", "by_id = 0"])
def test_steps_stay_as_they_were(refused, change):
    last = f"UPDATE decisions_step SET {change} WHERE number = 3"
    assert stopped(last) == "steps_stay_as_they_were"


@pytest.mark.parametrize("column", ["reason", "shown"])
def test_words_go_from_erased_requests_alone(refused, column):
    words = lambda: Step.objects.filter(number=3).update(**{column: "other"})  # noqa: E731
    assert guard_that_stops(words) == "words_go_from_erased_requests_alone"


def test_steps_are_never_deleted(request_):
    assert stopped("DELETE FROM decisions_step") == "steps_are_never_deleted"


def test_what_was_asked_lies_sealed(request_):
    with connection.cursor() as cursor:
        cursor.execute("SELECT shown FROM decisions_step WHERE shown <> ''")
        assert all(row[0].startswith("gAAAA") for row in cursor.fetchall())


# --- Deputies --------------------------------------------------------------------------


@pytest.fixture
def stand_in(lead, staff_user):
    def stand_in(account=lead, deputy=staff_user, first=0, last=4) -> Deputy:
        days = {"first_day": TODAY + timedelta(first), "last_day": TODAY + timedelta(last)}
        people = {"account": account, "deputy": deputy, "named_by": account}
        with transaction.atomic():
            return Deputy.objects.create(**people, **days, named_at=NOW)

    return stand_in


def test_one_deputy_at_a_time(stand_in, staff_user, lead, make_user):
    stand_in()
    third = make_user("staff")
    for days in [(4, 9), (-3, 0), (1, 2), (0, 4)]:
        both = lambda days=days: stand_in(deputy=third, first=days[0], last=days[1])  # noqa: E731
        assert guard_that_stops(both) == "one_deputy_at_a_time"
    stand_in(deputy=third, first=5, last=9)
    stand_in(account=third, deputy=lead)  # somebody else's
    Deputy.objects.update(ended_at=NOW)
    stand_in(deputy=third)


def test_a_deputy_is_somebody_else_for_some_days(stand_in, lead):
    assert guard_that_stops(lambda: stand_in(deputy=lead)) == "deputy_is_somebody_else"
    assert guard_that_stops(lambda: stand_in(last=-1)) == "deputy_ends_after_beginning"


def test_who_stood_in_stays_known(stand_in, make_user):
    stand_in()
    later = "UPDATE decisions_deputy SET last_day = last_day + 1"
    assert stopped(later) == "who_stood_in_stays_known"
    Deputy.objects.update(ended_at=NOW)
    assert stopped("UPDATE decisions_deputy SET ended_at = NULL") == "a_deputy_ends_once"
