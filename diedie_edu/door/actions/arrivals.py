"""Checking people in, letting in who walks in, and putting mistakes right.

Lock order: activity → sign-up → attendance. Any number of staff may work on one occasion:
UNIQUE (occasion, resident) stands behind them, and whoever comes second is told so. Under the lock
nobody gives back the seat, moves or calls off what somebody comes in to.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import offers, presence
from diedie_edu.activities.models import Activity, Attendance, How, Occasion, SignUp
from diedie_edu.activities.queries import sign_ups
from diedie_edu.common.errors import Refused
from diedie_edu.door.queries.attendance import attendance_of, came_to
from diedie_edu.door.rules import opening
from diedie_edu.people.actions.following import follows_merges
from diedie_edu.people.actions.residents import add_resident
from diedie_edu.people.models import Resident
from diedie_edu.people.rules import changes, consents

# The seat is asked for in the same statement that writes the attendance.
ARRIVE = """
INSERT INTO activities_attendance
    (occasion_id, resident_id, arrived_at, how, is_extra, reason, recorded_by_id)
SELECT %s, resident_id, %s, %s, false, '', %s
FROM activities_signup
WHERE activity_id = %s AND resident_id = ANY(%s) AND status = 'seated'
ON CONFLICT (occasion_id, resident_id) DO NOTHING
"""


@dataclass(frozen=True)
class Arrival:
    """Somebody is in: just now, or since before."""

    attendance: Attendance
    is_new: bool


@follows_merges
@transaction.atomic
def check_in(
    *, occasion: Occasion, resident: Resident, how: str, by: User | None, now: datetime
) -> Arrival:
    """Note that somebody with a seat has come. Repeating it is harmless and says since when.

    Raises `Refused` outside the times of `rules.check_can_check_in`, and `no_seat`.
    """
    occasion = _locked(occasion)
    opening.check_can_check_in(occasion, how, now)
    is_new = _arrive(occasion, [resident.pk], how, by, now) == 1
    found = attendance_of(occasion.pk, resident.pk)
    if found is None:
        raise Refused("no_seat", _("This person holds no seat here. Let them in as a walk-in."))
    return Arrival(found, is_new)


@transaction.atomic
def enter_sheet(*, occasion: Occasion, residents: Collection[int], by: User, now: datetime) -> int:
    """Enter who signed the paper sheet (ids of residents with a seat); how many are new.

    Raises `Refused` where the register is not open.
    """
    occasion = _locked(occasion)
    opening.check_register_open(occasion, now)
    return _arrive(occasion, residents, How.SHEET, by, now)


def _locked(occasion: Occasion) -> Occasion:
    """As it stands now; nothing about its seats, its time or place changes until we are done."""
    offers.lock_activity(occasion.activity_id)
    return Occasion.objects.select_related("activity", "venue").get(pk=occasion.pk)


def _arrive(
    occasion: Occasion, residents: Collection[int], how: str, by: User | None, now: datetime
) -> int:
    by_id = by.pk if by else None
    arrived_at = _arrival_time(occasion, now)
    with connection.cursor() as cursor:
        cursor.execute(
            ARRIVE, [occasion.pk, arrived_at, how, by_id, occasion.activity_id, list(residents)]
        )
        return cursor.rowcount


def _arrival_time(occasion: Occasion, now: datetime) -> datetime:
    """A sheet that is typed in later does not say when; people came for the start."""
    return now if now < occasion.ends_at else occasion.starts_at


# --- Walking in ------------------------------------------------------------------------


@follows_merges
@transaction.atomic
def let_in(
    *, occasion: Occasion, resident: Resident, reason: str = "", by: User, now: datetime
) -> Arrival:
    """Let somebody in who has no seat: a free one is theirs, else they come in beyond the seats,
    and wait for none any more.

    Whoever has a seat is checked in. Raises `Refused` as `check_register_open`, `full` where
    all seats are taken and no `reason` is given, where a child's consent has ended, and for whoever
    has moved away or died (`gone`).
    """
    occasion = _locked(occasion)
    opening.check_register_open(occasion, now)
    consents.check_child_is_open(resident)
    changes.check_is_here(resident)
    is_late = opening.door_phase(occasion, now) == opening.DoorPhase.LATER
    if here := attendance_of(occasion.pk, resident.pk):
        return Arrival(here, is_new=False)
    own = sign_ups.live_sign_up(occasion.activity_id, resident.pk)
    if own and own.is_offered:
        own = offers.confirm_offer(sign_up=own, by=by, now=now)
    if own and own.is_seated:
        how = How.SHEET if is_late else How.LIST
        return check_in(occasion=occasion, resident=resident, how=how, by=by, now=now)
    seat = _free_seat(occasion.activity, resident, by, now)
    queued = None
    if seat is None:
        opening.check_may_let_in_beyond(occasion, came_to(occasion), reason)
        queued = _leave_queue(occasion.activity_id, resident, now)
    attendance = Attendance.objects.create(
        occasion=occasion,
        resident=resident,
        arrived_at=_arrival_time(occasion, now),
        how=How.SHEET if is_late else How.WALK_IN,
        walk_in_seat=seat,
        queue_place=queued,
        is_extra=seat is None,
        reason="" if seat else reason,
        recorded_by=by,
    )
    return Arrival(attendance, is_new=True)


def _leave_queue(activity_id: int, resident: Resident, now: datetime) -> SignUp | None:
    """Where somebody waited who is in now: their place is never offered to them; the party, if
    any, waits on. The activity's row is held."""
    own = sign_ups.live_sign_up(activity_id, resident.pk)
    if own is not None:
        offers.release([own], SignUp.Status.CANCELLED, now)
    return own


def _free_seat(locked: Activity, resident: Resident, by: User, now: datetime) -> SignUp | None:
    """A free seat, or None. Shortly before the start nothing is offered to the queue any more:
    who of it comes first sits, and leaves their party. The activity's row is held."""
    free = Activity.objects.filter(pk=locked.pk, taken__lt=F("capacity"))
    if not free.update(taken=F("taken") + 1):
        return None
    waiting = SignUp.objects.filter(
        activity=locked, resident=resident, status=SignUp.Status.WAITING
    )
    seated = {"status": SignUp.Status.SEATED, "seated_at": now}
    if own := waiting.first():
        waiting.update(party=None, **seated)
        return own
    return SignUp.objects.create(
        activity=locked, resident=resident, signed_up_at=now, signed_up_by=by, **seated
    )


@transaction.atomic
def let_in_newcomer(
    *, occasion: Occasion, full_name: str, phone: str, reason: str = "", by: User, now: datetime
) -> Arrival:
    """Enter somebody who is not in the register, 14 or older, and let them in; both or neither.

    Raises `Refused` as `let_in`.
    """
    resident = add_resident(full_name=full_name, phone=phone)
    return let_in(occasion=occasion, resident=resident, reason=reason, by=by, now=now)


# --- Putting right ---------------------------------------------------------------------


@transaction.atomic
def undo_arrival(*, occasion: Occasion, resident: Resident, by: User, now: datetime) -> bool:
    """Take an entry back that was a mistake; what it said and who did both is kept.

    A seat taken at the door is given back; who had waited waits again. Returns whether there was an
    entry. Raises `Refused` where the register is not open.
    """
    occasion = _locked(occasion)
    opening.check_register_open(occasion, now)
    gone = presence.take_back(occasion=occasion.pk, people=[resident.pk], by=by, now=now)
    for row in gone:
        if row.walk_in_seat_id:
            _give_back(row.walk_in_seat_id, now)
    offers.offer_places(occasion.activity_id, now)
    return bool(gone)


def _give_back(sign_up_id: int, now: datetime) -> None:
    """Whoever had waited for the seat before they came stands in the queue again. The activity's
    row is held."""
    row = SignUp.objects.get(pk=sign_up_id)
    if not row.is_seated or row.seated_at is None:
        return
    offers.release([row], SignUp.Status.CANCELLED, now)
    if row.signed_up_at < row.seated_at:
        presence.wait_again(row)
