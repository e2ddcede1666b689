"""Reminders: due to the second, once, whatever happens to the ticks."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diedie_edu.activities.actions import offers, reminders, schedule, seats
from diedie_edu.activities.models import Activity, Occasion, ReminderTime, SignUp
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.programmes.models import Programme
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import on_duty
from tests.support.occasions import rebook
from tests.support.seats import enter, fill, make_residents

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
FRIDAY = SATURDAY - timedelta(days=1)
EVENING_BEFORE = moment(FRIDAY, time(18, 0))
TWO_HOURS_BEFORE = moment(SATURDAY, time(7, 30))
STARTS = moment(SATURDAY, time(9, 30))


@pytest.fixture
def day_before(programme: Programme) -> ReminderTime:
    return ReminderTime.objects.create(
        programme=programme,
        audience="seated",
        days_before=1,
        at_time=time(18, 0),
        channels=["inbox", "sms"],
    )


@pytest.fixture
def two_hours(programme: Programme) -> ReminderTime:
    return ReminderTime.objects.create(
        programme=programme, audience="seated", minutes_before=120, channels=["inbox", "sms"]
    )


@pytest.fixture
def lecture(make_lecture: Callable[..., Lecture]) -> Lecture:
    """Saturday 9:30, one seat."""
    return make_lecture(capacity=1)


def reminded(kind: str = "activities.reminder") -> list[int]:
    """Whom a standing reminder reaches in the portal, once for each."""
    rows = Notice.objects.filter(kind=kind, channel="inbox")
    return list(rows.exclude(status="cancelled").values_list("recipient_id", flat=True))


def put_on_duty(occasion: Occasion) -> Resident:
    expert = Resident.objects.create(full_name="专家")
    volunteer = Volunteer.objects.create(resident=expert, kinds=["expert"])
    on_duty(occasion, volunteer)
    return expert


def move_to(lecture: Lecture, starts_at: datetime, now: datetime) -> None:
    occasion = lecture.occasions.get()
    ends_at = starts_at + timedelta(minutes=90)
    schedule.move_occasion(
        occasion=occasion, starts_at=starts_at, ends_at=ends_at, venue=occasion.venue, by=None,
        now=now,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "number"),
    [(EVENING_BEFORE - SECOND, 0), (EVENING_BEFORE, 1), (STARTS - SECOND, 1), (STARTS, 0)],
)
def test_the_day_before_at_six_and_never_after_the_start(
    lecture: Lecture, day_before: ReminderTime, now: datetime, number: int
) -> None:
    fill(lecture, 1)
    reminders.plan_reminders(now)
    assert len(reminded()) == number


@pytest.mark.parametrize(
    ("now", "number"), [(TWO_HOURS_BEFORE - SECOND, 0), (TWO_HOURS_BEFORE, 1), (STARTS, 0)]
)
def test_two_hours_before_the_start(
    lecture: Lecture, two_hours: ReminderTime, now: datetime, number: int
) -> None:
    fill(lecture, 1)
    reminders.plan_reminders(now)
    assert len(reminded()) == number


def test_each_reminder_by_each_of_its_channels(
    lecture: Lecture, day_before: ReminderTime, two_hours: ReminderTime
) -> None:
    fill(lecture, 1)
    assert reminders.plan_reminders(EVENING_BEFORE) == 2
    assert reminders.plan_reminders(TWO_HOURS_BEFORE) == 2


def test_a_reminder_carries_what_a_confirmation_carries(
    lecture: Lecture, day_before: ReminderTime
) -> None:
    fill(lecture, 1)
    reminders.plan_reminders(EVENING_BEFORE + SECOND)
    seated = Notice.objects.get(kind="activities.seated", channel="sms")
    reminder = Notice.objects.get(kind="activities.reminder", channel="sms")
    assert reminder.subject == seated.subject
    for instant in ("starts_at", "ends_at"):
        said = [datetime.fromisoformat(row.data.pop(instant)) for row in (seated, reminder)]
        assert said[0] == said[1]
    assert reminder.data == seated.data | {"sign_up": SignUp.objects.get().pk}
    assert (reminder.next_try_at, reminder.expires_at) == (EVENING_BEFORE, STARTS)


def test_only_those_with_a_seat_are_reminded(lecture: Lecture, day_before: ReminderTime) -> None:
    first, second, _third = fill(lecture, 3)
    seats.cancel_sign_up(activity=first.activity, resident=first.resident, by=None, now=NOW)
    reminders.plan_reminders(EVENING_BEFORE)
    assert reminded() == []
    offers.accept_offer(sign_up=second, by=None, now=NOW)
    reminders.plan_reminders(EVENING_BEFORE)
    assert reminded() == [second.resident_id]


@pytest.mark.parametrize(("late", "number"), [(timedelta(0), 1), (SECOND, 0)])
def test_whoever_took_the_seat_after_the_reminder_was_due_has_just_been_told(
    lecture: Lecture, day_before: ReminderTime, late: timedelta, number: int
) -> None:
    fill(lecture, 1, now=EVENING_BEFORE + late)
    reminders.plan_reminders(EVENING_BEFORE + timedelta(minutes=5))
    assert len(reminded()) == number


def test_whoever_moved_up_after_it_was_due_has_just_been_told(
    lecture: Lecture, day_before: ReminderTime
) -> None:
    first, second = fill(lecture, 2)
    late = EVENING_BEFORE + SECOND
    seats.change_capacity(activity=first.activity, capacity=2, by=None, now=late)
    reminders.plan_reminders(late)
    assert reminded() == [first.resident_id] != [second.resident_id]


def test_a_person_with_two_seats_is_reminded_of_both(
    make_lecture: Callable[..., Lecture], day_before: ReminderTime
) -> None:
    (person,) = make_residents(1)
    for starts in (time(9, 30), time(14, 0)):
        enter(make_lecture(starts=starts), person)
    reminders.plan_reminders(EVENING_BEFORE)
    assert reminded() == [person.pk, person.pk]


def test_missed_ticks_heal(
    lecture: Lecture, day_before: ReminderTime, two_hours: ReminderTime
) -> None:
    """Nothing ran from before the first was due until an hour before the start."""
    (row,) = fill(lecture, 1)
    reminders.plan_reminders(STARTS - timedelta(hours=1))
    assert reminded() == [row.resident_id, row.resident_id]


def test_a_second_tick_plans_nothing(lecture: Lecture, day_before: ReminderTime) -> None:
    fill(lecture, 1)
    assert [reminders.plan_reminders(EVENING_BEFORE) for _tick in range(3)] == [2, 0, 0]
    assert reminders.plan_reminders(STARTS - SECOND) == 0


def test_what_is_called_off_is_not_reminded_of(lecture: Lecture, day_before: ReminderTime) -> None:
    (row,) = fill(lecture, 1)
    schedule.call_off(activity=row.activity, reason="台风", by=None, now=NOW)
    assert reminders.plan_reminders(EVENING_BEFORE) == 0


def test_an_occasion_called_off_by_itself_is_not_reminded_of(
    lecture: Lecture, day_before: ReminderTime
) -> None:
    fill(lecture, 1)
    rebook(lecture.occasions.all(), is_off=True)
    assert reminders.plan_reminders(EVENING_BEFORE) == 0


def test_a_draft_is_not_reminded_of(
    make_lecture: Callable[..., Lecture], programme: Programme
) -> None:
    put_on_duty(make_lecture(state=Activity.State.DRAFT).occasion)
    ReminderTime.objects.create(
        programme=programme, audience="on_duty", minutes_before=120, channels=["inbox"]
    )
    assert reminders.plan_reminders(TWO_HOURS_BEFORE) == 0


def test_a_moved_lecture_is_reminded_of_anew_at_its_new_time(
    lecture: Lecture, day_before: ReminderTime
) -> None:
    (row,) = fill(lecture, 1)
    reminders.plan_reminders(EVENING_BEFORE)
    Notice.objects.update(status="delivered", settled_at=EVENING_BEFORE)
    sunday = STARTS + timedelta(days=1)
    move_to(lecture, sunday, now=EVENING_BEFORE + SECOND)
    assert reminders.plan_reminders(EVENING_BEFORE + timedelta(days=1) - SECOND) == 0
    reminders.plan_reminders(EVENING_BEFORE + timedelta(days=1))
    assert reminded() == [row.resident_id, row.resident_id]


def test_volunteers_are_reminded_of_their_duty_and_not_of_a_seat(
    lecture: Lecture, two_hours: ReminderTime, programme: Programme
) -> None:
    expert = put_on_duty(lecture.occasion)
    on_duty(lecture.occasion, None, "helper")
    ReminderTime.objects.create(
        programme=programme, audience="on_duty", minutes_before=60, channels=["inbox"]
    )
    reminders.plan_reminders(TWO_HOURS_BEFORE)
    assert reminded("volunteering.duty_reminder") == []
    reminders.plan_reminders(STARTS - timedelta(hours=1))
    assert (reminded("volunteering.duty_reminder"), reminded()) == ([expert.pk], [])


def test_a_time_that_staff_changed_is_respected(lecture: Lecture, day_before: ReminderTime) -> None:
    fill(lecture, 1)
    ReminderTime.objects.update(at_time=time(20, 15), days_before=2)
    due = moment(FRIDAY - timedelta(days=1), time(20, 15))
    assert [reminders.plan_reminders(due - SECOND), reminders.plan_reminders(due)] == [0, 2]


def test_a_time_changed_after_it_went_out_does_not_remind_again(
    lecture: Lecture, day_before: ReminderTime
) -> None:
    fill(lecture, 1)
    reminders.plan_reminders(EVENING_BEFORE)
    ReminderTime.objects.update(at_time=time(20, 0))
    assert reminders.plan_reminders(moment(FRIDAY, time(20, 0))) == 0


def test_a_reminder_out_of_use_and_another_programmes_plan_nothing(
    lecture: Lecture, day_before: ReminderTime, two_hours: ReminderTime
) -> None:
    fill(lecture, 1)
    ReminderTime.objects.filter(pk=day_before.pk).update(is_on=False)
    square = Programme.objects.create(slug="happy-square", title_zh="快乐广场")
    ReminderTime.objects.filter(pk=two_hours.pk).update(programme=square)
    assert reminders.plan_reminders(TWO_HOURS_BEFORE) == 0


@pytest.mark.parametrize("starts", [time(0, 30), time(7, 59), time(8, 0), time(23, 30)])
def test_the_day_before_is_the_local_one(
    make_lecture: Callable[..., Lecture], day_before: ReminderTime, starts: time
) -> None:
    """Until eight in the morning the day in UTC is still the one before."""
    fill(make_lecture(starts=starts), 1)
    ticks = [EVENING_BEFORE - SECOND, EVENING_BEFORE]
    assert [reminders.plan_reminders(tick) for tick in ticks] == [0, 2]


def test_a_reminder_at_midnight_falls_on_the_right_day(
    lecture: Lecture, day_before: ReminderTime
) -> None:
    fill(lecture, 1)
    ReminderTime.objects.update(days_before=0, at_time=time(0, 0))
    midnight = moment(SATURDAY)
    assert [reminders.plan_reminders(midnight - SECOND), reminders.plan_reminders(midnight)] == [
        0,
        2,
    ]


def test_the_number_of_statements_does_not_depend_on_the_number_of_people(
    make_lecture: Callable[..., Lecture], day_before: ReminderTime, two_hours: ReminderTime
) -> None:
    lecture = make_lecture(capacity=301)
    fill(lecture, 1)
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        reminders.plan_reminders(EVENING_BEFORE)
    seat_in_bulk(lecture, 300)
    with CaptureQueriesContext(connection) as for_many:
        assert reminders.plan_reminders(TWO_HOURS_BEFORE) == 2 * 301 + 2 * 300
    assert len(for_many) == len(for_one)


def seat_in_bulk(lecture: Lecture, number: int) -> None:
    people = make_residents(number)
    lecture.sign_ups.bulk_create(
        lecture.sign_ups.model(
            activity=lecture, resident=person, status="seated", signed_up_at=NOW, seated_at=NOW
        )
        for person in people
    )
