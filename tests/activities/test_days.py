"""Closing a day at one stroke: a typhoon."""

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diedie_edu.activities.actions.days import ClosedDay, close_day
from diedie_edu.activities.actions.reminders import plan_reminders
from diedie_edu.activities.models import Activity, ReminderTime
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.venues.models import SpecialDay
from diedie_edu.venues.queries.special_days import calendar
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import on_duty
from tests.support.occasions import make_occasion
from tests.support.refusals import code_of
from tests.support.seats import fill, told

pytestmark = pytest.mark.django_db
MakeLecture = Callable[..., Lecture]
SUNDAY = SATURDAY + timedelta(days=1)
TYPHOON = "台风"


def close(day: date = SATURDAY, reason: str = TYPHOON) -> ClosedDay:
    return close_day(day=day, reason=reason, by=None, now=NOW)


def state_of(activity: Activity) -> tuple[str, str]:
    return Activity.objects.values_list("state", "call_off_reason").get(pk=activity.pk)


@pytest.fixture
def lecture(make_lecture: MakeLecture) -> Lecture:
    """Two seats."""
    return make_lecture(capacity=2)


@pytest.fixture
def speaker(lecture: Lecture) -> Volunteer:
    expert = Volunteer.objects.create(
        resident=Resident.objects.create(full_name="王大厨"), kinds=["expert"]
    )
    on_duty(lecture.occasion, expert)
    return expert


def test_a_draft_of_the_day_is_dropped_and_what_was_announced_is_not(
    lecture: Lecture, make_lecture: MakeLecture
) -> None:
    draft = make_lecture(state=Activity.State.DRAFT)
    close()
    dropped = Activity.objects.values_list("pk", "is_dropped")
    assert dict(dropped) == {lecture.pk: False, draft.pk: True}


# --- What it does ----------------------------------------------------------------------


def test_everybody_concerned_is_told_once(lecture: Lecture, speaker: Volunteer) -> None:
    people = {row.resident_id for row in fill(lecture, 3)} | {speaker.resident_id}
    assert close() == ClosedDay(called_off=1, told=4)
    assert state_of(lecture) == ("called_off", TYPHOON)
    assert sorted(told(lecture)) == sorted(("called_off", person) for person in people)


def test_the_speaker_who_also_took_a_seat_hears_it_once(
    lecture: Lecture, speaker: Volunteer
) -> None:
    lecture.sign_ups.create(resident=speaker.resident, status="waiting", signed_up_at=NOW)
    assert close() == ClosedDay(called_off=1, told=1)
    assert told(lecture) == [("called_off", speaker.resident_id)]


def test_the_message_says_what_when_and_why(lecture: Lecture) -> None:
    fill(lecture, 1)
    close()
    data = Notice.objects.get(kind="activities.called_off", channel="inbox").data
    assert (data["title"], data["reason"], data["activity"]) == (lecture.title, TYPHOON, lecture.pk)
    assert data["starts_at"] == lecture.occasion.starts_at.isoformat()


def test_the_day_is_closed_and_its_rooms_are_free(lecture: Lecture) -> None:
    close()
    assert calendar().is_closed(SATURDAY)
    occasion = lecture.occasions.get()
    # The room would refuse it were it still held.
    make_occasion(lecture, occasion.venue, occasion.starts_at, occasion.ends_at)


def test_other_days_and_what_is_over_stay(make_lecture: MakeLecture, lecture: Lecture) -> None:
    others = [make_lecture(day=SUNDAY), make_lecture(day=SATURDAY - timedelta(days=1))]
    over = make_lecture(day=NOW.date(), starts=time(7, 0))
    close()
    close(NOW.date())
    assert {state_of(row)[0] for row in (*others, over)} == {"published"}


def test_an_activity_with_other_occasions_goes_on_and_keeps_their_reminders(
    lecture: Lecture, programme: object
) -> None:
    first = lecture.occasions.get()
    week = timedelta(days=7)
    make_occasion(lecture, first.venue, first.starts_at + week, first.ends_at + week)
    ReminderTime.objects.create(
        programme=programme, audience="seated", minutes_before=14 * 24 * 60, channels=["inbox"]
    )
    fill(lecture, 1, now=NOW - week)
    plan_reminders(NOW)
    assert close() == ClosedDay(called_off=1, told=1)
    assert state_of(lecture)[0] == "published"
    reminders = Notice.objects.filter(kind="activities.reminder")
    stand = reminders.exclude(status="cancelled").values_list("data__starts_at", flat=True)
    assert list(stand) == [(first.starts_at + week).isoformat()]


def test_closing_again_changes_and_tells_nothing(lecture: Lecture) -> None:
    fill(lecture, 2)
    close()
    before = told(lecture)
    assert close() == ClosedDay(called_off=0, told=0)
    assert told(lecture) == before
    assert SpecialDay.objects.get().kind == "closed"


def test_a_day_that_was_a_holiday_is_closed_all_the_same() -> None:
    SpecialDay.objects.create(day=SATURDAY, kind="off", reason="校庆")
    close()
    assert SpecialDay.objects.get().kind == "closed"


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "past"), (0, None), (366, None), (367, "far"), (10_000, "far")]
)
def test_a_day_ahead_is_closed(days: int, code: str | None) -> None:
    assert code_of(partial(close, NOW.date() + timedelta(days=days))) == code
    assert SpecialDay.objects.exists() == (code is None)


def test_statements_do_not_grow_with_what_was_planned(make_lecture: MakeLecture) -> None:
    def statements(lectures: int, people: int, day: date) -> int:
        for _lecture in range(lectures):
            fill(make_lecture(day=day), people)
        with CaptureQueriesContext(connection) as queries:
            assert close(day).called_off == lectures
        return len(queries)

    assert statements(1, 1, SATURDAY) == statements(5, 4, SUNDAY)
