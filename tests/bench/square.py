"""Groups that meet every week, a year behind and a year ahead, written in bulk."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import local_day, moment, week_of
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Venue
from happy_square.models import Group, GroupKind, MeetUp
from happy_square.models.groups import PROGRAMME

ROOMS, DAYS = 12, 7
EACH = 100  # meet-ups of a group: as many weeks
LENGTH = timedelta(minutes=90)
AT_ONCE = 5000  # rows of a statement


def add_groups(number: int) -> list[int]:
    """Each with a time of its own in one of the rooms, and its meet-ups there; their ids."""
    rooms = Venue.objects.bulk_create(
        Venue(title_zh=f"活动室{place}", places=60) for place in range(ROOMS)
    )
    groups = [_add_group(place) for place in range(number)]
    bookings = Booking.objects.bulk_create(_meetings(groups, rooms), batch_size=AT_ONCE)
    by_pk = {group.pk: group for group in groups}
    places = [group.pk for group in groups for _week in range(EACH)]
    pairs = list(zip(bookings, places, strict=True))
    occasions = Occasion.objects.bulk_create(
        (Occasion.at(booking, by_pk[pk].activity_ptr) for booking, pk in pairs), batch_size=AT_ONCE
    )
    MeetUp.objects.bulk_create(
        (MeetUp(occasion=row, group=by_pk[row.activity_id]) for row in occasions),
        batch_size=AT_ONCE,
    )
    return list(by_pk)


def _add_group(place: int) -> Group:
    now = timezone.now()
    kinds = GroupKind.objects.order_by("pk")
    return Group.objects.create(
        programme=Programme.objects.get(slug=PROGRAMME),
        kind=kinds[place % len(kinds)],
        title=f"榕树下舞蹈队{place}",
        introduction="每周在社区见面，欢迎新朋友，不收报名费。",
        state=Activity.State.PUBLISHED,
        is_ongoing=True,
        capacity=40,
        sign_up_opens_at=now - timedelta(days=365),
        sign_up_closes_at=now + timedelta(days=36500),
    )


def _meetings(groups: Iterable[Group], rooms: list[Venue]) -> Iterator[Booking]:
    """The first groups meet at eight, one in each room on each day, the next ones at ten …"""
    for place, group in enumerate(groups):
        room, rest = rooms[place % ROOMS], place // ROOMS
        for start in _weekly(rest % DAYS, 8 + 2 * (rest // DAYS)):
            yield Booking(
                venue=room,
                starts_at=start,
                ends_at=start + LENGTH,
                purpose=group.title,
                programme_id=group.programme_id,
            )


def _weekly(day: int, hour: int) -> Iterator[datetime]:
    """The present week is in the middle."""
    first = week_of(local_day(timezone.now()))[day]
    for week in range(EACH):
        yield moment(first + timedelta(weeks=week - EACH // 2), time(hour))
