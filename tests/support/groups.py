"""Short hands for tests about Happy Square: groups, who leads them, who belongs to them."""

from datetime import date, datetime, time, timedelta
from itertools import count

from diedie_edu.accounts.models import RoleGrant
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.common.days import moment
from diedie_edu.people.models import Resident
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from happy_square.models import Group, GroupKind, Leadership, MeetUp, Membership, WeeklyTime
from happy_square.models.groups import PROGRAMME
from tests.conftest import NOW
from tests.support.occasions import make_occasion

_numbers = count(1)
TODAY = NOW.date()
EVENING, NIGHT = time(19, 30), time(21, 0)
OPEN_END = NOW + timedelta(days=36500)


def happy_square() -> Programme:
    names = {"title_zh": "快乐广场", "title_en": "Happy Square"}
    return Programme.objects.get_or_create(slug=PROGRAMME, defaults=names)[0]


def make_kind(title: str = "舞蹈") -> GroupKind:
    return GroupKind.objects.get_or_create(title_zh=title)[0]


def make_group(**fields: object) -> Group:
    """A group that is listed and open to everybody, unless told otherwise; nobody leads it yet."""
    children = bool(fields.get("takes_children"))
    usual = {
        "programme": happy_square(),
        "title": f"舞蹈队{next(_numbers)}",
        "state": Activity.State.PUBLISHED,
        "capacity": 40,
        "sign_up_opens_at": NOW - timedelta(days=70),
        "sign_up_closes_at": OPEN_END,
        "needs_clearance": children,
    }
    if "kind" not in fields:
        usual["kind"] = make_kind()
    return Group.objects.create(**(usual | fields))


def make_place(title: str = "榕树广场", places: int = 80) -> Venue:
    return Venue.objects.get_or_create(title_zh=title, defaults={"places": places})[0]


def weekly(
    group: Group,
    weekday: int = 2,
    starts: time = EVENING,
    ends: time = NIGHT,
    venue: Venue | None = None,
) -> WeeklyTime:
    """It meets every week; Tuesday evening on the square unless told otherwise."""
    times = {"weekday": weekday, "starts": starts, "ends": ends}
    return WeeklyTime.objects.create(group=group, venue=venue or make_place(), **times)


def lead(group: Group, resident: Resident, part: str = "leader", **fields: object) -> Leadership:
    """Somebody leads it from now on, with the role that goes with it."""
    usual = {"reason": "领队住院"} if part == "acting" else {}
    row = {"group": group, "resident": resident, "part": part, "since": NOW}
    if resident.account:
        RoleGrant.objects.get_or_create(user=resident.account, role=Role.GROUP_LEADER, scope="")
    return Leadership.objects.create(**(row | usual | fields))


def member(group: Group, resident: Resident, since: date = TODAY, **fields: object) -> SignUp:
    """Somebody who belongs to it, with a seat."""
    seat = {"status": "seated", "signed_up_at": NOW, "seated_at": NOW, "wants_reminders": False}
    row = SignUp.objects.create(activity=group, resident=resident, **seat)
    Membership.objects.create(sign_up=row, group=group, resident=resident, since=since, **fields)
    Activity.objects.filter(pk=group.pk).update(taken=group.sign_ups.filter(seated_at=NOW).count())
    return row


def meet_up(
    group: Group,
    day: date = TODAY,
    starts: time = EVENING,
    venue: Venue | None = None,
    **fields: object,
) -> Occasion:
    """One dated meeting of ninety minutes, as usual unless `confirmed_at` is told."""
    starts_at: datetime = moment(day, starts)
    ends_at = starts_at + timedelta(minutes=90)
    occasion = make_occasion(group.activity_ptr, venue or make_place(), starts_at, ends_at)
    MeetUp.objects.create(occasion=occasion, group=group, **fields)
    return occasion
