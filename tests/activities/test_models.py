"""What must never be false, tried against the database itself."""

from collections.abc import Callable
from datetime import time
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.db.models import F

from diedie_edu.activities.models import (
    Activity,
    Attendance,
    Occasion,
    Party,
    ReminderTime,
    SignUp,
    StaffNote,
    WordToAll,
)
from diedie_edu.people.models import Resident
from diedie_edu.programmes.models import Programme
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.refusals import refused_by, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    return Activity.objects.filter(pk=make_lecture(capacity=2).pk)


@pytest.fixture
def occasion(make_lecture: Callable[..., Lecture]) -> Occasion:
    return make_lecture().occasion


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("taken_within_capacity", {"taken": 3}),
        ("taken_within_capacity", {"taken": F("capacity") + 1}),
        ("activities_activity_taken_check", {"taken": -1}),
        ("activity_has_seats", {"capacity": 0}),
        ("sign_up_closes_after_it_opens", {"sign_up_closes_at": F("sign_up_opens_at")}),
        ("calling_off_has_a_reason", {"state": "called_off", "call_off_reason": ""}),
        ("what_is_dropped_is_called_off", {"is_dropped": True}),
        ("what_is_dropped_is_called_off", {"is_dropped": True, "state": "draft"}),
    ],
)
def test_an_activity_keeps_its_bounds(activity: Activity, constraint: str, change: dict) -> None:
    with refused_by(constraint):
        activity.update(**change)


def test_the_last_seat_may_be_taken_and_all_given_back(activity: Activity) -> None:
    assert activity.update(taken=2) == activity.update(taken=0) == 1


def test_fewer_seats_than_are_taken_are_refused(activity: Activity) -> None:
    activity.update(taken=2)
    with refused_by("taken_within_capacity"):
        activity.update(capacity=1)


def test_a_person_has_one_live_sign_up(
    make_lecture: Callable[..., Lecture], make_resident: Callable[..., Resident]
) -> None:
    row = {"activity": make_lecture(), "resident": make_resident(), "signed_up_at": NOW}
    SignUp.objects.create(**row, status="seated", seated_at=NOW)
    with refused_by("one_live_sign_up"):
        SignUp.objects.create(**row, status="waiting")
    SignUp.objects.update(status="cancelled", cancelled_at=NOW)
    SignUp.objects.create(**row, status="waiting")
    with refused_by("one_live_sign_up"):
        SignUp.objects.filter(status="cancelled").update(
            status="seated", seated_at=NOW, cancelled_at=None
        )


@pytest.mark.parametrize(
    "dates",
    [
        {"status": "seated"},
        {"status": "seated", "seated_at": NOW, "cancelled_at": NOW},
        {"status": "waiting", "seated_at": NOW},
        {"status": "waiting", "cancelled_at": NOW},
        {"status": "cancelled"},
        {"status": "cancelled", "seated_at": NOW},
        {"status": "asleep", "seated_at": NOW},
        {"status": "offered", "seated_at": NOW, "offer_expires_at": NOW},
        {"status": "offered", "cancelled_at": NOW, "offer_expires_at": NOW},
        {"status": "lapsed"},
        {"status": "lapsed", "seated_at": NOW, "cancelled_at": NOW},
    ],
)
def test_the_dates_of_a_sign_up_fit_its_state(
    make_lecture: Callable[..., Lecture], make_resident: Callable[..., Resident], dates: dict
) -> None:
    with refused_by("sign_up_dates_fit_its_status"):
        SignUp.objects.create(
            activity=make_lecture(), resident=make_resident(), signed_up_at=NOW, **dates
        )


@pytest.mark.parametrize(
    "dates",
    [
        {"status": "offered"},
        {"status": "waiting", "offer_expires_at": NOW},
        {"status": "seated", "seated_at": NOW, "offer_expires_at": NOW},
        {"status": "cancelled", "cancelled_at": NOW, "offer_expires_at": NOW},
        {"status": "lapsed", "cancelled_at": NOW, "offer_expires_at": NOW},
    ],
)
def test_exactly_an_offer_has_an_end(
    make_lecture: Callable[..., Lecture], make_resident: Callable[..., Resident], dates: dict
) -> None:
    with refused_by("offers_alone_expire"):
        SignUp.objects.create(
            activity=make_lecture(), resident=make_resident(), signed_up_at=NOW, **dates
        )


def make_party(lecture: Lecture, people: list[Resident]) -> Party:
    """They wait together."""
    party = Party.objects.create(activity=lecture, made_at=NOW)
    row = {"activity": lecture, "party": party, "status": "waiting", "signed_up_at": NOW}
    SignUp.objects.bulk_create(SignUp(resident=person, **row) for person in people)
    return party


def test_an_offer_counts_as_a_persons_one_live_sign_up(
    make_lecture: Callable[..., Lecture], make_resident: Callable[..., Resident]
) -> None:
    row = {"activity": make_lecture(), "resident": make_resident(), "signed_up_at": NOW}
    SignUp.objects.create(**row, status="offered", offer_expires_at=NOW)
    with refused_by("one_live_sign_up"):
        SignUp.objects.create(**row, status="waiting")


def test_a_party_shares_one_state(
    make_lecture: Callable[..., Lecture], make_resident: Callable[..., Resident]
) -> None:
    """Looked at when a transaction ends; whoever has left does not count."""
    party = make_party(make_lecture(), [make_resident() for _person in range(3)])
    first, second, _third = party.sign_ups.all()
    SignUp.objects.filter(pk=first.pk).update(status="cancelled", cancelled_at=NOW)
    with refused_by("party_shares_one_state"):
        SignUp.objects.filter(pk=second.pk).update(status="offered", offer_expires_at=NOW)
        connection.check_constraints()
    party.sign_ups.filter(status="waiting").update(status="offered", offer_expires_at=NOW)
    connection.check_constraints()


def test_a_party_stands_in_one_activity(
    make_lecture: Callable[..., Lecture], make_resident: Callable[..., Resident]
) -> None:
    party = make_party(make_lecture(), [make_resident() for _person in range(2)])
    with refused_by("party_stands_in_one_activity"):
        party.sign_ups.filter(pk=party.sign_ups.first().pk).update(activity=make_lecture())


def test_the_youngest_is_not_older_than_the_oldest(make_lecture: Callable[..., Lecture]) -> None:
    make_lecture(min_age=60)
    make_lecture(max_age=60)
    make_lecture(min_age=60, max_age=60)
    with refused_by("youngest_is_not_older_than_oldest"):
        make_lecture(min_age=61, max_age=60)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("activities_occasion", "occasion_with_its_times"),
        ("activities_occasion", "occasion_with_its_activity"),
        ("activities_signup", "sign_up_with_its_activity_and_resident"),
    ],
)
def test_what_composite_keys_stand_on_cannot_be_dropped(table: str, name: str) -> None:
    with pytest.raises(DatabaseError, match=name):
        run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def test_a_person_is_present_once(
    occasion: Occasion, make_resident: Callable[..., Resident]
) -> None:
    row = {"occasion": occasion, "resident": make_resident(), "arrived_at": NOW}
    Attendance.objects.create(**row)
    with refused_by("attendance_once"):
        Attendance.objects.create(**row)


@pytest.mark.parametrize(
    "times",
    [
        {},
        {"days_before": 1},
        {"at_time": time(18, 0)},
        {"days_before": 1, "at_time": time(18, 0), "minutes_before": 120},
        {"at_time": time(18, 0), "minutes_before": 120},
        {"days_before": 1, "minutes_before": 120},
    ],
)
def test_a_reminder_is_by_day_or_by_minutes(programme: Programme, times: dict) -> None:
    with refused_by("reminder_is_by_day_or_by_minutes"):
        ReminderTime.objects.create(
            programme=programme, audience="seated", channels=["inbox"], **times
        )


@pytest.mark.parametrize("channels", [[], ["pigeon"], ["inbox", "pigeon"]])
def test_a_reminder_goes_by_channels_that_exist(programme: Programme, channels: list[str]) -> None:
    with refused_by("reminder_channels_are_known"):
        ReminderTime.objects.create(
            programme=programme, audience="seated", channels=channels, minutes_before=120
        )


def test_notes_and_words_say_something(activity: Activity) -> None:
    row = activity.get()
    with refused_by("a_note_says_something"):
        StaffNote.objects.create(activity=row, text="", written_at=NOW)
    word = {"about": "activity:1", "title": "讲座", "people": 1, "key": uuid4(), "sent_at": NOW}
    with refused_by("a_word_says_something"):
        WordToAll.objects.create(programme=row.programme, text="", **word)
