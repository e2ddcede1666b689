"""Until when a place is offered: half of the waking time left, and never to an end at night."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.conf import LazySettings

from diedie_edu.activities.actions import schedule, seats
from diedie_edu.activities.actions.offers import pass_places_on
from diedie_edu.activities.models import Activity
from diedie_edu.activities.rules.offers import offer_expires_at
from diedie_edu.common.days import local_day, moment
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.seats import fill, statuses

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STARTS = moment(SATURDAY, time(9, 30))


def on(day: int, clock: str) -> datetime:
    """A moment of November."""
    return moment(SATURDAY.replace(day=day), time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("made_at", "expires_at"),
    [
        (on(23, "10:00"), on(24, "10:00")),
        (on(26, "09:30"), on(27, "09:30")),  # exactly 48 hours before
        (on(26, "10:30"), on(27, "10:00")),  # half of 47 hours
        (on(28, "08:30"), on(28, "09:00")),
        (on(28, "08:59"), moment(SATURDAY, time(9, 14, 30))),
        (on(28, "09:00"), None),
        (on(28, "10:00"), None),
        (on(24, "20:59"), on(25, "20:59")),
        (on(24, "21:00"), on(26, "08:00")),  # quiet until 8:00, then 24 hours
        (on(25, "03:00"), on(26, "08:00")),
        (on(27, "23:00"), on(28, "08:45")),  # 8:00 and half of 90 minutes
        (on(28, "07:50"), on(28, "08:45")),
        (on(27, "22:00"), on(28, "08:45")),
        # A minute of the evening and ninety of the morning: half of them.
        (on(27, "20:59"), moment(SATURDAY, time(8, 44, 30))),
        (on(27, "20:00"), on(28, "08:15")),
    ],
)
def test_how_long_a_place_is_kept(made_at: datetime, expires_at: datetime | None) -> None:
    assert offer_expires_at(made_at, STARTS) == expires_at


def test_before_an_early_start_nobody_is_asked_in_vain() -> None:
    """Of a dance at 7:00 the evening before is all that counts."""
    early = moment(SATURDAY, time(7))
    assert offer_expires_at(on(27, "19:00"), early) == on(27, "20:00")
    assert offer_expires_at(on(27, "20:30"), early) is None
    assert offer_expires_at(on(28, "06:00"), early) is None


def test_staff_set_how_long_and_until_when(settings: LazySettings) -> None:
    settings.OFFER_HOURS, settings.OFFERS_END_MINUTES = 2, 120
    assert offer_expires_at(NOW, STARTS) == NOW + 2 * HOUR
    assert offer_expires_at(STARTS - 2 * HOUR, STARTS) is None


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """Two seats; Saturday 9:30."""
    return Activity.objects.get(pk=make_lecture(capacity=2).pk)


@pytest.mark.django_db
def test_a_seat_freed_late_in_the_evening_is_asked_of_two_in_the_morning(
    activity: Activity,
) -> None:
    first, _second, *queue = fill(activity, 5)
    when = on(27, "20:59")
    seats.cancel_sign_up(activity=activity, resident=first.resident, by=None, now=when)
    assert pass_places_on(on(28, "03:14")) == 0
    assert statuses(queue) == ["offered", "waiting", "waiting"]
    assert pass_places_on(on(28, "08:45")) == 2  # the one whose time is over, and the next
    assert statuses(queue) == ["lapsed", "offered", "waiting"]
    assert pass_places_on(on(28, "09:10")) == 1
    assert statuses(queue) == ["lapsed", "lapsed", "waiting"]
    assert Activity.objects.get(pk=activity.pk).free == 1  # for whoever is first at the door


@pytest.mark.django_db
def test_a_move_to_an_early_hour_ends_offers_before_the_night(activity: Activity) -> None:
    first, _second, third = fill(activity, 3)
    seats.cancel_sign_up(activity=activity, resident=first.resident, by=None, now=NOW)
    occasion, early = activity.occasions.get(), moment(local_day(NOW) + DAY, time(7))
    when = {"starts_at": early, "ends_at": early + HOUR, "venue": occasion.venue}
    schedule.move_occasion(occasion=occasion, by=None, now=NOW, **when)
    third.refresh_from_db()
    assert third.offer_expires_at == moment(local_day(NOW), time(20, 59))
