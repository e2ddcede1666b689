"""Places of people whose records are merged or parted, or who are gone for good."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.actions import offers
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Activity, Attendance, SignUp
from diedie_edu.activities.queries import presence
from diedie_edu.activities.queries.sign_ups import live_sign_up
from diedie_edu.activities.rules.presence import is_before_the_door
from diedie_edu.common.deeds import Deed, write
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident

Status = SignUp.Status
SEAT_IS_GONE = _(
    "One of them is checked in at an event, and the seat has gone to somebody else meanwhile. Take "
    "the check-in back at the door page first."
)
ENDED = {"seated_at": None, "offer_expires_at": None, "cancelled_at": None}


def one_place(deed: Deed, met: SignUp, own: SignUp) -> None:
    """Of two live places of one person the better stays, else that of who is in, else the earlier;
    the other goes to the queue."""
    _hold([met.activity_id])
    rows = SignUp.objects.filter(pk__in=[met.pk, own.pk], status__in=SignUp.LIVE)
    here = presence.people_in(met.activity_id, [met.resident_id, own.resident_id], deed.now)

    def worth(row: SignUp) -> tuple[int, bool, datetime]:
        return SignUp.LIVE.index(row.status), row.resident_id not in here, row.signed_up_at

    _give_back(sorted(rows, key=worth)[1:], deed)


def wait_no_more(deed: Deed, rows: QuerySet[Any], column: str, to: Any) -> None:
    """Of two records of one person one is in, and the other waits: the place in the queue ends.
    `rows` are sign-ups or attendances of the one."""
    both = [to, *rows.values_list(column, flat=True).distinct()]
    waiting = SignUp.objects.filter(resident__in=both, status__in=[Status.WAITING, Status.OFFERED])
    numbers = waiting.filter(activity__is_ongoing=False).values_list("activity", flat=True)
    path = "activity" if rows.model is SignUp else "occasion__activity"
    _hold({*numbers, *rows.values_list(path, flat=True)})
    for number in sorted(set(numbers)):
        if Attendance.objects.filter(occasion__activity=number, resident__in=both).exists():
            _give_back(waiting.filter(activity=number), deed)


def free_places(resident: Resident, deed: Deed) -> None:
    """Whoever is gone gives back, alone, what is still ahead; who waits gets it. Whoever sits there
    this very moment keeps the seat."""
    live = SignUp.objects.filter(resident=resident, status__in=SignUp.LIVE)
    for number in live.order_by("activity").values_list("activity", flat=True):
        [activity] = _hold([number])
        if _is_ahead(activity, deed.now) and not presence.is_in(number, resident.pk, deed.now):
            _give_back(live.filter(activity=number), deed)


def _give_back(rows: Iterable[SignUp], deed: Deed) -> None:
    for row in rows:
        subject = ACTIVITY.of(row.activity_id)
        told = Notice.objects.filter(recipient=row.resident_id, subject=subject)
        with deed.watching([row, *told]):
            offers.release([row], Status.CANCELLED, deed.now)
        offers.offer_places(row.activity_id, deed.now)


def _hold(numbers: Iterable[int]) -> list[Activity]:
    """The rows of activities, at once or not at all: an action that holds whole records stands in
    no line with those who sign up (`common.patience`)."""
    rows = Activity.objects.select_for_update(of=("self",), nowait=True)
    return list(rows.filter(pk__in=numbers).order_by("pk"))


def _is_ahead(activity: Activity, now: datetime) -> bool:
    return not activity.is_called_off and now < activity.last_starts_at


def bring_back(row: SignUp, columns: dict[str, Any], now: datetime) -> bool:
    """A place comes back where one is free; else they stand in the queue by the time at which they
    signed up. Of what is over a seat comes back where it still can be counted; who is in by now
    waits for none, and keeps the seat in which they came."""
    [activity] = _hold([row.activity_id])
    came = Attendance.objects.filter(resident=row.resident_id, occasion__activity=activity)
    if row.is_seated and "resident_id" in columns and came.exists():
        return False
    if columns.get("status") not in SignUp.LIVE:
        return write(row, columns, now)
    if live_sign_up(activity.pk, row.resident_id):
        return False
    waited = columns["status"] != Status.SEATED
    if waited and presence.is_in(activity.pk, row.resident_id, now):
        return False
    is_whole = columns["status"] == Status.WAITING or _takes_a_seat(activity, columns)
    if not is_whole and not _is_ahead(activity, now):
        return False
    write(row, columns if is_whole else ENDED | {"status": Status.WAITING}, now)
    offers.offer_places(activity.pk, now)
    return is_whole


def _takes_a_seat(activity: Activity, columns: dict[str, Any]) -> bool:
    """An offer's time went on meanwhile: whoever had one waits for the next."""
    free = Activity.objects.filter(pk=activity.pk, taken__lt=F("capacity"))
    return columns["status"] == Status.SEATED and bool(free.update(taken=F("taken") + 1))


def bring_entry(row: Attendance, columns: dict[str, Any], now: datetime) -> bool:
    """Under the lock by which the door and the seats agree."""
    _hold([row.occasion.activity_id])
    return write(row, columns, now)


def may_stand_again(row: Attendance, now: datetime) -> bool:
    """What has moved to another day since has nobody in it."""
    _hold([row.occasion.activity_id])
    return not is_before_the_door(row.occasion, now)
