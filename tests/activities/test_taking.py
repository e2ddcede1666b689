"""Seats and their messages are one function of the database, written from the code."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.forms import model_to_dict

from diedie_edu.activities import messages
from diedie_edu.activities.actions import offers, taking
from diedie_edu.activities.models import Activity
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from tests.support.seats import make_residents, seated_and_waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OWN = {"id", "reference"}  # what differs from row to row


@pytest.fixture
def activity(make_lecture: Callable[..., Activity]) -> Activity:
    return make_lecture(capacity=3)


@pytest.fixture
def people() -> list[Resident]:
    """Who wants e-mails, who has moved away, and one of neither."""
    one, other, third = make_residents(3)
    one.wants_email, one.email = True, "one@example.org"
    other.departed_on, other.departure = date(2026, 11, 1), "moved"
    for person in (one, other):
        person.save()
    return [one, other, third]


def said() -> list[dict]:
    rows = Notice.objects.order_by("dedupe_key")
    return [{k: v for k, v in model_to_dict(row).items() if k not in OWN} for row in rows]


def test_the_messages_are_those_that_are_written_one_by_one(activity, people, now) -> None:
    rows = taking.take_seats(activity, people, None, now, is_told=True)
    together = said()
    assert [(row["recipient"], row["channel"]) for row in together] == sorted(
        [
            *((people[0].pk, way) for way in ("email", "inbox", "sms")),
            *((people[2].pk, way) for way in ("inbox", "sms")),
        ]
    )
    Notice.objects.all().delete()
    offers.notify_of(messages.SEATED, rows, now)
    assert said() == together


def test_whoever_is_told_in_other_words_gets_the_seat_alone(activity, people, now) -> None:
    assert len(taking.take_seats(activity, people, None, now)) == 3
    assert said() == []
    assert seated_and_waiting(activity) == (3, 0)


def test_all_of_them_or_none(activity, people, now) -> None:
    assert taking.take_seats(activity, people[:1], None, now, is_told=True)
    Notice.objects.all().delete()
    assert taking.take_seats(activity, make_residents(3), None, now, is_told=True) == []
    assert said() == []
    assert seated_and_waiting(activity) == (1, 0)


def test_nobody_gets_a_seat_where_it_is_not_published(activity, people, now) -> None:
    """`activities_take_seats` asks for itself."""
    Activity.objects.filter(pk=activity.pk).update(state=Activity.State.DRAFT)
    assert taking.take_seats(activity, people, None, now) == []
    assert seated_and_waiting(activity) == (0, 0)


def test_each_migration_writes_the_function_anew(activity, people, now) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION activities_take_seats")
    with pytest.raises(ProgrammingError), transaction.atomic():
        taking.take_seats(activity, people, None, now)
    taking.write_function("default")
    assert taking.take_seats(activity, people, None, now)


def test_the_database_holds_what_the_code_says() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'activities_take_seats'")
        ((source,),) = cursor.fetchall()
    assert source in taking.function()
