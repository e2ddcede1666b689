from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import moment
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import displacing
from diedie_edu.venues.models import Booking, Displacement, RoomPriority, Venue
from diedie_edu.venues.queries.displacing import standing_then
from tests.conftest import NOW, SATURDAY
from tests.residents_school.conftest import make_plan  # noqa: F401
from tests.support.groups import lead, make_group
from tests.support.lists import checked, loaded, upload  # noqa: F401
from tests.support.occasions import make_occasion

HALF_PAST_NINE = moment(SATURDAY, time(9, 30))
LONG = timedelta(minutes=90)
WEEK = timedelta(days=7)
FAR = HALF_PAST_NINE + 2 * WEEK  # early enough to displace what stands then


@pytest.fixture
def room(make_venue: Callable[..., Venue]) -> Venue:
    return make_venue(title_zh="图书室")


@pytest.fixture
def square(make_venue: Callable[..., Venue]) -> list[Venue]:
    """A whole and its two parts."""
    whole = make_venue(title_zh="广场")
    return [
        whole,
        *(make_venue(title_zh=f"广场{side}", part_of=whole) for side in ("东区", "西区")),
    ]


def wanted(room: Venue, starts_at: datetime = HALF_PAST_NINE, **fields: object) -> Booking:
    """Saturday 9:30–11:00, unless told otherwise; not saved."""
    times = {"starts_at": starts_at, "ends_at": starts_at + LONG}
    return Booking(**{"venue": room, "purpose": "合唱排练"} | times | fields)


def weekly(room: Venue, number: int = 4) -> list[Booking]:
    """Saturday after Saturday; not saved."""
    return [wanted(room, HALF_PAST_NINE + week * WEEK) for week in range(number)]


@pytest.fixture
def first(room: Venue, programme: Programme) -> Programme:
    """The residents' school comes first in the room."""
    RoomPriority.objects.create(venue=room, programme=programme, rank=1)
    return programme


@pytest.fixture
def leader(make_user: Callable[..., User]) -> User:
    return make_user(Role.GROUP_LEADER)


@pytest.fixture
def dance(room: Venue, leader: User) -> Booking:
    """A group meets in the room, two weeks ahead; somebody belongs to it."""
    group = make_group(title="舞蹈队")
    lead(group, leader.resident)
    return make_occasion(group.activity_ptr, room, FAR, FAR + LONG).booking


@pytest.fixture
def displace(first: Programme, room: Venue, staff_user: User) -> Callable[..., list[Displacement]]:
    def displace(by: User = staff_user, now=NOW, **fields: object) -> list[Displacement]:
        own = {"starts_at": FAR, "purpose": "反诈讲座", "programme": first}
        claimed = wanted(room, **own | fields)
        shown = frozenset(row.pk for row in standing_then(claimed))
        acts = {"reason": "全区反诈日", "shown": shown, "by": by, "now": now}
        return displacing.displace(wanted=claimed, **acts)

    return displace
