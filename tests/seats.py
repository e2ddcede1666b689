"""Short hands for tests about seats: filling an activity, and reading what came of it."""

from collections.abc import Iterable
from datetime import datetime

from diedie_edu.activities.actions import sign_up
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.people.models import Resident
from tests.conftest import NOW


def enter(activity: Activity, resident: Resident, *, now: datetime = NOW) -> SignUp:
    """One person signs up, as a door would do it."""
    return sign_up(activity=activity, resident=resident, by=resident.account, now=now)


def fill(activity: Activity, number: int, *, now: datetime = NOW) -> list[SignUp]:
    """`number` new people sign up, one after the other."""
    return [enter(activity, resident, now=now) for resident in make_residents(number)]


def make_residents(number: int) -> list[Resident]:
    return Resident.objects.bulk_create(
        Resident(full_name=f"街坊{index}") for index in range(number)
    )


def statuses(sign_ups: Iterable[SignUp]) -> list[str]:
    """Their states as the database has them now, in the given order."""
    rows = list(sign_ups)
    found = dict(SignUp.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "status"))
    return [found[row.pk] for row in rows]


def seated_and_waiting(activity: Activity) -> tuple[int, int]:
    """Rows in either state; `taken` must agree with the first."""
    rows = SignUp.objects.filter(activity_id=activity.pk)
    seated = rows.filter(status=SignUp.Status.SEATED).count()
    waiting = rows.filter(status=SignUp.Status.WAITING).count()
    return seated, waiting


def check_seats(activity: Activity) -> None:
    """What must hold after any story: the count is right, nobody waits beside a free seat."""
    row = Activity.objects.get(pk=activity.pk)
    seated, waiting = seated_and_waiting(row)
    assert row.taken == seated <= row.capacity
    assert not (row.free and waiting)


def told(activity: Activity, *, channel: str = Channel.INBOX) -> list[tuple[str, int]]:
    """(kind, resident's id) of every message about an activity that still stands, in order."""
    rows = Notice.objects.filter(subject=f"activity:{activity.pk}", channel=channel)
    stands = rows.exclude(status="cancelled").order_by("pk")
    return [
        (kind.removeprefix("activities."), who)
        for kind, who in stands.values_list("kind", "recipient_id")
    ]
