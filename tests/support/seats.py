"""Short hands for tests about seats: filling an activity, and reading what came of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.db.models import F, Sum

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import seats, taking
from diedie_edu.activities.models import Activity, Party, SignUp
from diedie_edu.activities.models.signups import IN_WITHOUT_SEAT
from diedie_edu.activities.queries.offers import hold_ends_at, offer_expires_at, queue_of
from diedie_edu.activities.rules.offers import Dealt, deal
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.people.models import Resident
from tests.conftest import NOW


def enter(activity: Activity, resident: Resident, *, now: datetime = NOW) -> SignUp:
    """One person signs up, as a door would do it."""
    return seats.sign_up(activity=activity, resident=resident, by=resident.account, now=now)


def fill(activity: Activity, number: int, *, now: datetime = NOW) -> list[SignUp]:
    """`number` new people sign up, one after the other."""
    return [enter(activity, resident, now=now) for resident in make_residents(number)]


def make_residents(number: int) -> list[Resident]:
    return Resident.objects.bulk_create(
        Resident(full_name=f"街坊{index}") for index in range(number)
    )


def take_unguarded(
    activity: Activity, people: Iterable[Resident], by: User | None, now: datetime
) -> list[SignUp]:
    """Seats for whoever asks: for negative controls, in the place of `taking.take_seats`."""
    row = {"status": SignUp.Status.SEATED, "signed_up_at": now, "seated_at": now}
    entered = [
        SignUp.objects.create(activity=activity, resident=person, signed_up_by=by, **row)
        for person in people
    ]
    Activity.objects.filter(pk=activity.pk).update(taken=F("taken") + len(entered))
    return entered


@contextmanager
def nobody_looks() -> Iterator[None]:
    """Seats are taken without a look at who is in: for negative controls."""
    whole = taking.function()
    begin, end = map(whole.index, ("    FOR resident IN", "    BEGIN\n        FOR"))
    with connection.cursor() as cursor:
        cursor.execute(whole[:begin] + whole[end:])
        try:
            yield
        finally:
            cursor.execute(whole)


def statuses(sign_ups: Iterable[SignUp]) -> list[str]:
    """Their states as the database has them now, in the given order."""
    rows = list(sign_ups)
    found = dict(SignUp.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "status"))
    return [found[row.pk] for row in rows]


def seated_and_waiting(activity: Activity) -> tuple[int, int]:
    return _number(activity, SignUp.Status.SEATED), _number(activity, SignUp.Status.WAITING)


def places_and_waiting(activity: Activity) -> tuple[int, int]:
    """Places that are held, by a seat or by an offer, and people in the queue."""
    return _number(activity, *SignUp.HOLDS_A_PLACE), _number(activity, SignUp.Status.WAITING)


def _number(activity: Activity, *wanted: str) -> int:
    return SignUp.objects.filter(activity_id=activity.pk, status__in=wanted).count()


def check_seats(activity: Activity, *, now: datetime = NOW) -> None:
    """What must hold after any story: the count is right, and no place stands free beside
    somebody whom it could be offered to."""
    row = Activity.objects.get(pk=activity.pk)
    held, _waiting = places_and_waiting(row)
    for_parties = Party.objects.filter(activity=row.pk).aggregate(held=Sum("held"))["held"] or 0
    assert row.taken == held + for_parties <= row.capacity
    if offer_expires_at(row, now) is not None:
        holds = hold_ends_at(row, now) is not None
        assert deal(queue_of(row.pk), row.free, holds=holds, now=now) == Dealt([])


def contradictions() -> int:
    """How many are in who wait for a seat, or have none any more."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT came.id {IN_WITHOUT_SEAT.format(which='true')}")
        return len(cursor.fetchall())


def told(activity: Activity, *, channel: str = Channel.INBOX) -> list[tuple[str, int]]:
    """(kind, resident's id) of every message about an activity that still stands, in order."""
    rows = Notice.objects.filter(subject=f"activity:{activity.pk}", channel=channel)
    stands = rows.exclude(status="cancelled").order_by("pk")
    return [
        (kind.removeprefix("activities."), who)
        for kind, who in stands.values_list("kind", "recipient_id")
    ]
