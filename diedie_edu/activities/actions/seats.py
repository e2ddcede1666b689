"""Taking a seat, giving it back, and handing it on.

Lock order everywhere: household → residents (by id) → activity (by id) → occasion →
venues (by id) → volunteers (by id) → sign-up → notice.
A seat is taken by one conditional UPDATE, never by counting rows; CHECK (taken <= capacity)
stands behind it.
"""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages, queries, rules
from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import cancel, tell_rows
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Resident

# Written out, because in a rush composing it would cost more than running it.
TAKE_SEAT = """
UPDATE activities_activity SET taken = taken + 1
WHERE id = %s AND state = 'published' AND taken < capacity
"""


def sign_up(*, activity: Activity, resident: Resident, by: User, now: datetime) -> SignUp:
    """Take a seat, or a place in the queue where all are taken, and tell the person.

    Repeating it is harmless: the sign-up that already lives is returned. Raises `Refused`
    where a rule of `SIGN_UP_RULES` says no.
    """
    try:
        rules.check_sign_up(activity, resident, now)
        with transaction.atomic():
            return _enter(activity, resident, by, now)
    except (Refused, IntegrityError):
        # They are in already, by this form or the same person's other tap; else it stands.
        already = queries.live_sign_up(activity.pk, resident.pk)
        if already is None:
            raise
        return already


def _enter(activity: Activity, resident: Resident, by: User, now: datetime) -> SignUp:
    seated = _take_seat(activity.pk) or _take_seat_under_lock(activity.pk, resident, now)
    entered = SignUp.objects.create(
        activity=activity,
        resident=resident,
        status=SignUp.Status.SEATED if seated else SignUp.Status.WAITING,
        signed_up_at=now,
        seated_at=now if seated else None,
        signed_up_by=by,
    )
    _tell(messages.SEATED if seated else messages.WAITING, entered, now=now)
    return entered


def _take_seat(activity_id: int) -> bool:
    """One statement: it can neither overbook nor revive a called-off activity."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_SEAT, [activity_id])
        return cursor.rowcount == 1


def _take_seat_under_lock(activity_id: int, resident: Resident, now: datetime) -> bool:
    """Try once more while nobody can free a seat, before joining the queue.

    Without the lock somebody could cancel between the failed try and the new row in the
    queue, and a free seat would stand beside a waiting person. Raises `Refused`.
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity_id)
    rules.check_sign_up(activity, resident, now)
    return _take_seat(activity_id)


@transaction.atomic
def cancel_sign_up(*, activity: Activity, resident: Resident, by: User, now: datetime) -> bool:
    """Give a seat or a place in the queue back; the first person waiting gets the seat.

    Returns whether there was one; repeating it is harmless. Raises `Refused` once the first
    occasion has begun, and when all is called off.
    """
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    own = queries.live_sign_up(locked.pk, resident.pk)
    if own is None:
        return False
    rules.check_cancel(locked, _first_occasion(locked).starts_at, now)
    had_seat = own.is_seated
    own.status, own.cancelled_at = SignUp.Status.CANCELLED, now
    own.save(update_fields=["status", "cancelled_at"])
    cancel(subject=messages.subject_of(locked.pk), recipient=own.resident_id, now=now)
    _tell(messages.CANCELLED, own, now=now)
    if had_seat:
        Activity.objects.filter(pk=locked.pk).update(taken=F("taken") - 1)
        _seat_those_waiting(locked.pk, now)
    return True


@transaction.atomic
def change_capacity(*, activity: Activity, capacity: int, by: User, now: datetime) -> None:
    """Set the number of seats; new ones go to those waiting. Raises `Refused` below `taken`."""
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    rules.check_capacity(locked, capacity)
    Activity.objects.filter(pk=locked.pk).update(capacity=capacity)
    _seat_those_waiting(locked.pk, now)


def _seat_those_waiting(activity_id: int, now: datetime) -> None:
    """Hand free seats to the queue, first come first served. The activity row is locked."""
    activity = Activity.objects.get(pk=activity_id)
    if activity.is_called_off:
        return
    queue = SignUp.objects.filter(activity_id=activity_id, status=SignUp.Status.WAITING)
    promoted = list(queue.order_by("signed_up_at", "id")[: activity.free])
    if not promoted:
        return
    SignUp.objects.filter(pk__in=[row.pk for row in promoted]).update(
        status=SignUp.Status.SEATED, seated_at=now
    )
    Activity.objects.filter(pk=activity_id).update(taken=F("taken") + len(promoted))
    _tell(messages.PROMOTED, *promoted, now=now)


def _tell(kind: Kind, *sign_ups: SignUp, now: datetime) -> None:
    """In one statement, however many; it reads the time that holds once the seat is taken."""
    people = [row.pk for row in sign_ups]
    tell_rows(kind=kind, rows=messages.PEOPLE_OF_SIGN_UPS, params=[now, people], now=now)


def _first_occasion(activity: Activity) -> Occasion:
    return activity.occasions.select_related("venue").order_by("starts_at")[0]
