"""Who is on duty: nobody twice at a time, and always at the occasion's own time."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.db.models import F

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions import reminders, schedule
from diedie_edu.activities.models import Occasion, ReminderTime
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.references import erase
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions import duties
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import make_volunteer, on_duty
from tests.support.occasions import rebook
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db
MakeLecture = Callable[..., Lecture]
AT_TEN, AT_ELEVEN = moment(SATURDAY, time(10, 0)), moment(SATURDAY, time(11, 0))


@pytest.fixture
def teacher() -> Volunteer:
    return make_volunteer("王老师")


@pytest.fixture
def duty(make_lecture: MakeLecture, teacher: Volunteer) -> Duty:
    """Saturday 9:30–11:00."""
    return on_duty(make_lecture(title="书法入门").occasion, teacher)


def move(occasion: Occasion, hour: time, by: User | None = None) -> Occasion:
    starts_at = moment(SATURDAY, hour)
    return schedule.move_occasion(
        occasion=occasion,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        venue=occasion.venue,
        by=by,
        now=NOW,
    )


# --- The database ----------------------------------------------------------------------


@pytest.mark.parametrize("starts", [time(8, 1), time(9, 30), time(10, 0), time(10, 59)])
def test_nobody_is_in_two_places_at_a_time(
    duty: Duty, make_lecture: MakeLecture, starts: time
) -> None:
    other = make_lecture(starts=starts).occasion
    with refused_by("volunteer_at_one_place_at_a_time"):
        Duty.at(other, duty.volunteer, "helper").save()


@pytest.mark.parametrize("starts", [time(8, 0), time(11, 0)])
def test_one_duty_may_begin_when_the_other_ends(
    duty: Duty, make_lecture: MakeLecture, starts: time
) -> None:
    on_duty(make_lecture(starts=starts).occasion, duty.volunteer)
    assert duty.volunteer.duties.count() == 2


def test_a_volunteer_has_one_duty_at_an_occasion(duty: Duty) -> None:
    with refused_by("volunteer_once_per_occasion"):
        Duty.at(duty.occasion, duty.volunteer, "helper").save()


def test_two_people_and_free_slots_share_a_time(duty: Duty, make_lecture: MakeLecture) -> None:
    other = make_lecture().occasion
    for volunteer in (make_volunteer("李老师"), None, None):
        on_duty(other, volunteer)
    assert Duty.objects.count() == 4


@pytest.mark.parametrize(
    "times",
    [
        {"starts_at": AT_TEN},
        {"ends_at": AT_TEN},
        {"is_off": True},
        {"starts_at": AT_ELEVEN, "ends_at": AT_ELEVEN + timedelta(hours=1)},
    ],
)
def test_a_duty_has_no_other_time_than_its_occasion(duty: Duty, times: dict) -> None:
    with refused_by("duty_keeps_its_occasions_times"):
        Duty.objects.update(**times)


def test_a_duty_cannot_be_written_with_another_time(make_lecture: MakeLecture) -> None:
    slot = Duty.at(make_lecture().occasion, None, "helper")
    slot.ends_at = AT_ELEVEN + timedelta(hours=1)
    with refused_by("duty_keeps_its_occasions_times"):
        slot.save()


def test_whatever_changes_an_occasion_carries_over(duty: Duty) -> None:
    rebook(starts_at=AT_TEN, ends_at=AT_ELEVEN, is_off=True)
    duty.refresh_from_db()
    assert (duty.starts_at, duty.ends_at, duty.is_off) == (AT_TEN, AT_ELEVEN, True)


def test_a_move_in_plain_sql_onto_another_duty_is_refused(
    duty: Duty, make_lecture: MakeLecture
) -> None:
    later = on_duty(make_lecture(starts=time(14, 0)).occasion, duty.volunteer)
    with refused_by("volunteer_at_one_place_at_a_time"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE venues_booking SET starts_at = %s WHERE id = %s",
            [AT_TEN, later.occasion.booking_id],
        )


def test_a_called_off_duty_frees_the_person_until_it_stands_again(
    duty: Duty, make_lecture: MakeLecture
) -> None:
    rebook(is_off=True)
    on_duty(make_lecture().occasion, duty.volunteer)
    with refused_by("volunteer_at_one_place_at_a_time"):
        rebook(Occasion.objects.filter(pk=duty.occasion_id), is_off=False)


def test_an_occasion_with_duties_is_deleted_as_a_whole_or_not_at_all(duty: Duty) -> None:
    with refused_by("duty_keeps_its_occasions_times"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM activities_occasion")
    Lecture.objects.all().delete()
    assert not Duty.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("duty_ends_after_it_began", {"signed_in_at": NOW, "signed_out_at": NOW}),
        ("who_signs_out_has_signed_in", {"signed_out_at": NOW}),
        ("duty_served_takes_time", {"served_minutes": 0}),
        ("duty_served_takes_time", {"served_minutes": -1}),
        ("a_free_slot_is_not_served", {"volunteer": None, "served_minutes": 90}),
        ("a_free_slot_is_not_served", {"volunteer": None, "signed_in_at": NOW}),
        ("what_is_confirmed_are_minutes", {"confirmed_at": F("ends_at")}),
        ("what_is_confirmed_are_minutes", {"served_minutes": 90, "confirmed_by": F("id")}),
    ],
)
def test_what_is_kept_of_the_hours_makes_sense(duty: Duty, constraint: str, change: dict) -> None:
    with refused_by(constraint):
        Duty.objects.update(**change)


def test_minutes_tell_who_confirmed_them_when_the_account_is_closed(
    duty: Duty, make_user: Callable[..., User]
) -> None:
    lead = make_user(Role.STAFF)
    Duty.objects.update(served_minutes=90, confirmed_at=F("ends_at"), confirmed_by=lead)
    erase(lead, NOW)
    assert Duty.objects.get().confirmed_by_id == lead.pk


# --- Assigning -------------------------------------------------------------------------


def test_a_duty_takes_the_times_of_its_occasion(duty: Duty) -> None:
    duty.refresh_from_db()
    occasion = duty.occasion
    copied = (duty.starts_at, duty.ends_at, duty.is_off)
    assert copied == (occasion.starts_at, occasion.ends_at, False)


def test_assigning_again_is_harmless_and_changes_the_work(duty: Duty) -> None:
    again = on_duty(duty.occasion, duty.volunteer, "helper")
    assert (again.pk, Duty.objects.get().work) == (duty.pk, "helper")


def test_times_are_those_that_hold_when_it_is_written(
    make_lecture: MakeLecture, teacher: Volunteer
) -> None:
    read_before = make_lecture().occasion
    rebook(ends_at=AT_TEN)
    assert on_duty(read_before, teacher).ends_at == AT_TEN


def test_nobody_is_put_on_duty_where_nothing_takes_place(
    make_lecture: MakeLecture, teacher: Volunteer
) -> None:
    occasion = make_lecture().occasion
    rebook(is_off=True)
    assert code_of(lambda: on_duty(occasion, teacher)) == "called_off"


def refusal_for(by: User | None, duty: Duty, occasion: Occasion) -> str:
    with pytest.raises(Refused) as refused:
        duties.assign_duty(
            occasion=occasion, volunteer=duty.volunteer, work="speaker", by=by, now=NOW
        )
    assert refused.value.code == "booked"
    return str(refused.value)


def test_who_plans_there_reads_what_stands_in_the_way(
    duty: Duty, make_lecture: MakeLecture, staff_user: User
) -> None:
    text = refusal_for(staff_user, duty, make_lecture().occasion)
    assert all(word in text for word in ("王老师", "书法入门", "11月28日", "09:30–11:00"))


def test_the_person_reads_it_too(make_lecture: MakeLecture, stranger: User) -> None:
    own = Volunteer.objects.create(resident=stranger.resident, kinds=["expert"])
    booked = on_duty(make_lecture(title="太极").occasion, own)
    assert "太极" in refusal_for(stranger, booked, make_lecture().occasion)


@pytest.mark.parametrize("scope", ["after-school", "edu-base"])
def test_others_read_the_time_alone(
    duty: Duty, make_lecture: MakeLecture, make_user: Callable[..., User], scope: str
) -> None:
    lead = make_user(Role.PROGRAMME_LEAD, scope=scope)
    text = refusal_for(lead, duty, make_lecture().occasion)
    assert "09:30–11:00" in text
    assert "书法入门" not in text


# --- Releasing -------------------------------------------------------------------------


def test_releasing_frees_the_person_and_can_be_repeated(
    duty: Duty, make_lecture: MakeLecture
) -> None:
    for _time in range(2):
        duties.release_duty(duty=duty, by=None, now=NOW)
    assert on_duty(make_lecture().occasion, duty.volunteer).pk


@pytest.mark.parametrize("kept", [{"signed_in_at": NOW}, {"served_minutes": 90}])
def test_a_duty_that_was_served_stays(duty: Duty, kept: dict) -> None:
    Duty.objects.update(**kept)
    refused = code_of(lambda: duties.release_duty(duty=duty, by=None, now=NOW))
    assert (refused, Duty.objects.count()) == ("served", 1)


def test_who_is_released_is_not_reminded(duty: Duty) -> None:
    ReminderTime.objects.create(
        programme=duty.occasion.activity.programme,
        audience="on_duty",
        minutes_before=120,
        channels=["sms"],
    )
    reminders.plan_reminders(duty.starts_at - timedelta(hours=1))
    duties.release_duty(duty=duty, by=None, now=duty.starts_at - timedelta(hours=1))
    assert Notice.objects.get().status == "cancelled"


# --- Moving ----------------------------------------------------------------------------


def test_a_move_onto_another_duty_is_refused_by_name(
    duty: Duty, make_lecture: MakeLecture, staff_user: User
) -> None:
    later = on_duty(make_lecture(starts=time(14, 0)).occasion, duty.volunteer)
    with pytest.raises(Refused, match=r"王老师.*书法入门") as refused:
        move(later.occasion, time(10, 0), by=staff_user)
    assert refused.value.code == "booked"
    later.refresh_from_db()
    assert (later.starts_at, later.occasion.revision) == (moment(SATURDAY, time(14, 0)), 1)


def test_a_person_goes_along_with_a_move_into_free_time(duty: Duty) -> None:
    move(duty.occasion, time(10, 0))
    duty.refresh_from_db()
    assert (duty.starts_at, duty.ends_at) == (AT_TEN, AT_TEN + timedelta(minutes=90))


def test_calling_off_frees_everybody_on_duty(duty: Duty, make_lecture: MakeLecture) -> None:
    schedule.call_off(activity=duty.occasion.activity, reason="台风", by=None, now=NOW)
    assert on_duty(make_lecture().occasion, duty.volunteer).pk
