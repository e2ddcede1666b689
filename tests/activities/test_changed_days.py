"""A day that is entered or changed late: all that is planned on it is decided one by one."""

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial

import pytest

from diedie_edu.activities.actions.changed_days import (
    ChangedDay,
    DayPlan,
    Decision,
    change_day,
    preview_day,
)
from diedie_edu.activities.actions.days import close_day
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.activities.queries.changed_days import (
    Choice,
    keys_of,
    planned_on,
    undecided_days,
)
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.venues.models import SpecialDay
from diedie_edu.venues.queries.special_days import calendar
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import make_volunteer, on_duty
from tests.support.refusals import code_of
from tests.support.seats import fill, told

pytestmark = pytest.mark.django_db
MakeLecture = Callable[..., Lecture]
WEEK = timedelta(days=7)
SUNDAY = SATURDAY + timedelta(days=1)
NEXT = moment(SATURDAY + WEEK, time(9, 30))


def plan(kind: str, day: date = SATURDAY, **decisions: Decision) -> DayPlan:
    """As the page shows it now; by the names of `Planned` with a "p" before."""
    shown = keys_of(planned_on(day, kind, NOW), day)
    chosen = {name.removeprefix("p"): row for name, row in decisions.items()}
    return DayPlan(day, kind, "国务院通知", shown, chosen, {})


def change(wanted: DayPlan) -> ChangedDay:
    return change_day(plan=wanted, by=None, now=NOW)


def choices(kind: str, day: date = SATURDAY) -> list[list[Choice]]:
    return [list(row.choices) for row in planned_on(day, kind, NOW)]


# --- What is proposed ------------------------------------------------------------------


def test_what_suits_the_day_is_kept_and_what_does_not_is_called_off(lecture: Lecture) -> None:
    keep, off, move = Choice.KEEP, Choice.CALL_OFF, Choice.MOVE
    assert choices("") == [[keep, off, move]]
    assert choices("working") == [[off, move, keep]]
    assert choices("off") == [[off, move, keep]]
    assert choices("closed") == [[off, move]]


def test_what_has_begun_is_not_moved(make_lecture: MakeLecture) -> None:
    make_lecture(day=NOW.date(), starts=time(9, 45))
    assert choices("closed", NOW.date()) == [[Choice.CALL_OFF]]


# --- What is decided -------------------------------------------------------------------


@pytest.fixture
def lecture(make_lecture: MakeLecture) -> Lecture:
    return make_lecture(capacity=5)


def test_each_is_kept_moved_or_called_off_and_its_people_hear_once(
    make_lecture: MakeLecture,
) -> None:
    kept, moved, off = (make_lecture() for _number in range(3))
    people = {row: {one.resident_id for one in fill(row, 2)} for row in (kept, moved, off)}
    wanted = plan(
        "working",
        **{
            f"p{kept.pk}": Decision(Choice.KEEP),
            f"p{moved.pk}": Decision(Choice.MOVE, NEXT),
            f"p{off.pk}": Decision(Choice.CALL_OFF),
        },
    )
    assert change(wanted) == ChangedDay(called_off=1, moved=1, held=0, added=0, told=4)
    assert {kind for kind, _who in told(kept)} == {"seated"}
    assert {one for kind, one in told(moved) if kind == "moved"} == people[moved]
    assert {one for kind, one in told(off) if kind == "called_off"} == people[off]
    assert moved.occasions.get().starts_at == NEXT
    assert calendar().is_makeup_workday(SATURDAY)
    off.refresh_from_db()
    assert (off.state, off.call_off_reason) == ("called_off", "国务院通知")


def test_who_is_on_duty_moves_along_and_sign_up_closes_as_long_before(lecture: Lecture) -> None:
    duty = on_duty(lecture.occasion, make_volunteer())
    closed = lecture.sign_up_closes_at
    change(plan("off", **{f"p{lecture.pk}": Decision(Choice.MOVE, NEXT)}))
    duty.refresh_from_db()
    lecture.refresh_from_db()
    assert duty.starts_at == NEXT
    assert lecture.sign_up_closes_at == closed + WEEK


@pytest.mark.parametrize(
    ("where", "code"),
    [
        (None, "when"),
        (moment(SATURDAY + timedelta(days=3), time(9)), "weekday"),
        (moment(SATURDAY, time(15)), "makeup_day"),
        (moment(SATURDAY - WEEK, time(15)), "past"),
    ],
)
def test_where_it_cannot_go_nothing_is_changed(
    lecture: Lecture, make_lecture: MakeLecture, where: object, code: str
) -> None:
    off = make_lecture()
    wanted = plan(
        "working",
        **{f"p{lecture.pk}": Decision(Choice.MOVE, where), f"p{off.pk}": Decision(Choice.CALL_OFF)},
    )
    assert code_of(partial(change, wanted)) == code
    assert not SpecialDay.objects.exists()
    assert not Occasion.objects.filter(is_called_off=True).exists()


def test_a_room_that_is_taken_there_is_named(lecture: Lecture, make_lecture: MakeLecture) -> None:
    room = lecture.occasions.get().venue
    make_lecture(day=SATURDAY + WEEK, venue=room)
    wanted = plan("off", **{f"p{lecture.pk}": Decision(Choice.MOVE, NEXT)})
    assert code_of(partial(change, wanted)) == "venue_taken"


def test_what_was_planned_meanwhile_is_looked_at_again(
    lecture: Lecture, make_lecture: MakeLecture
) -> None:
    wanted = plan("off")
    make_lecture()
    assert code_of(partial(change, wanted)) == "changed"
    assert not SpecialDay.objects.exists()


def test_a_day_that_somebody_entered_meanwhile_is_looked_at_again(lecture: Lecture) -> None:
    wanted = plan("off")
    SpecialDay.objects.create(day=SATURDAY, kind="working", reason="通知")
    assert code_of(partial(change, wanted)) == "changed"
    assert SpecialDay.objects.get().kind == "working"


def test_on_a_closed_day_nothing_is_kept(lecture: Lecture) -> None:
    wanted = plan("closed", **{f"p{lecture.pk}": Decision(Choice.KEEP)})
    assert code_of(partial(change, wanted)) == "choice"


def test_a_preview_counts_and_writes_nothing(lecture: Lecture) -> None:
    fill(lecture, 3)
    done = preview_day(plan=plan("closed"), by=None, now=NOW)
    assert (done.called_off, done.told) == (1, 3)
    assert not Notice.objects.filter(kind="activities.called_off").exists()
    assert not SpecialDay.objects.exists()


# --- And back --------------------------------------------------------------------------


def test_a_closed_day_that_is_changed_back_proposes_what_it_called_off(
    lecture: Lecture, make_lecture: MakeLecture
) -> None:
    people = fill(lecture, 2)
    draft = make_lecture(state=Activity.State.DRAFT)
    close_day(day=SATURDAY, reason="台风", by=None, now=NOW)
    ill = make_lecture()
    Activity.objects.filter(pk=ill.pk).update(state="called_off", call_off_reason="讲师生病")
    ill.occasions.get().booking.__class__.objects.filter(occasion__activity=ill).update(is_off=True)
    hold, leave = Choice.HOLD, Choice.LEAVE
    assert choices("") == [[hold, leave], [hold, leave], [leave, hold]]
    done = change(plan(""))
    assert (done.held, done.told) == (2, 2)
    assert not SpecialDay.objects.exists()
    states = Activity.objects.filter(pk__in=[lecture.pk, draft.pk, ill.pk]).order_by("pk")
    assert [row.state for row in states] == ["published", "draft", "called_off"]
    again = Notice.objects.filter(kind="activities.held_again", channel="inbox")
    assert {row.recipient_id for row in again} == {row.resident_id for row in people}


def test_days_that_came_by_a_list_wait_for_somebody_to_decide(lecture: Lecture) -> None:
    SpecialDay.objects.create(day=SATURDAY, kind="working")
    SpecialDay.objects.create(day=SUNDAY, kind="working")
    assert undecided_days(NOW) == [SATURDAY]
    change(plan("working", **{f"p{lecture.pk}": Decision(Choice.KEEP)}))
    assert undecided_days(NOW) == []
