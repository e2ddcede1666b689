"""What staff do with one place in an activity, and take back where it was a slip.

A colleague's withdrawal holds its messages back for `UNDO`; until then it can be undone as if it
had never been, with the offers that followed from it. Lock order as in `seats`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages
from diedie_edu.activities.actions import offers, seats
from diedie_edu.activities.models import Activity, Party, SignUp, StaffNote
from diedie_edu.activities.queries import presence, sign_ups
from diedie_edu.activities.rules import working
from diedie_edu.activities.rules.sign_up import check_may_wait
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import hold_back, unsay
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident

Status = SignUp.Status


@transaction.atomic
def withdraw(*, sign_up: SignUp, by: User, now: datetime, is_asked: bool = True) -> bool:
    """Give somebody's place back for them, as they asked on the telephone, or (not `is_asked`)
    because staff take them off; messages wait until it cannot be undone any more.

    Returns whether there was a place. Raises `Refused` as `seats.cancel_sign_up` does.
    """
    done = seats.cancel_sign_up(
        activity=sign_up.activity, resident=sign_up.resident, by=by, now=now, is_asked=is_asked
    )
    subject = messages.ACTIVITY.of(sign_up.activity_id)
    hold_back(subject=subject, said_at=now, until=now + working.UNDO)
    return done


@transaction.atomic
def undo_withdrawal(*, sign_up: SignUp, by: User, now: datetime) -> list[SignUp]:
    """The place stands again as it did, and whoever was offered it waits as before; who stands.

    Raises `Refused` where it is too late, a message has gone out, the seat is somebody's, or one of
    them has come in meanwhile.
    """
    activity = offers.lock_activity(sign_up.activity_id)
    ended = SignUp.objects.select_related("resident").get(pk=sign_up.pk)
    at = working.check_can_undo(ended, now)
    standing = sign_ups.companions(ended)
    was_seated = ended.seated_at is not None
    offers.end_hold(activity.pk)  # what came back may be held for somebody by now
    people = [row.resident_id for row in standing]
    again = SignUp.objects.filter(activity=activity.pk, resident__in=people, status__in=SignUp.LIVE)
    if again.exists():
        raise Refused("in_again", _("They are signed up again already."))
    if not was_seated:
        here = presence.people_in(activity.pk, people, now)
        check_may_wait([row.resident for row in standing if row.resident_id in here])
    said = unsay(
        subject=messages.ACTIVITY.of(activity.pk),
        said_at=at,
        kinds=(messages.CANCELLED, messages.TAKEN_OFF, messages.OFFERED),
    )
    if said is None:
        raise Refused("told", _("A message has gone out already. Please sign them up anew."))
    _take_offers_back(activity, said)
    _stand_again(activity, standing, was_seated=was_seated)
    offers.offer_places(activity.pk, now)
    return standing


def _take_offers_back(activity: Activity, said: Sequence[Notice]) -> None:
    told = [row.recipient_id for row in said if row.kind == messages.OFFERED.code]
    offered = SignUp.objects.filter(activity=activity.pk, status=Status.OFFERED)
    first = offered.filter(resident__in=told)
    ids = {row.pk for one in first for row in sign_ups.companions(one)}
    back = SignUp.objects.filter(pk__in=ids).update(status=Status.WAITING, offer_expires_at=None)
    Activity.objects.filter(pk=activity.pk).update(taken=F("taken") - back)


def _stand_again(activity: Activity, rows: Sequence[SignUp], *, was_seated: bool) -> None:
    """With a seat, or in the queue where it was: an offer is then made anew."""
    status = Status.SEATED if was_seated else Status.WAITING
    if was_seated:
        free = Activity.objects.filter(pk=activity.pk, taken__lt=F("capacity"))
        if not free.update(taken=F("taken") + 1):
            raise Refused("gone", _("The seat has gone to somebody else meanwhile."))
    SignUp.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=status, cancelled_at=None, cancelled_by=None
    )


@transaction.atomic
def wait_together(
    *, activity: Activity, waiting: Collection[int], by: User, now: datetime
) -> list[SignUp]:
    """Put people (ids of sign-ups) of the queue together: they get seats together or not at all,
    and stand where the last of them stood, so that nobody is overtaken.

    Raises `Refused` where one of them waits no more, and where they are too many.
    """
    locked = offers.lock_activity(activity.pk)
    queue = SignUp.objects.filter(activity=locked.pk, status=Status.WAITING, pk__in=waiting)
    rows = list(queue.order_by(*SignUp.QUEUE))
    working.check_can_wait_together(locked, rows, len(set(waiting)))
    party = Party.objects.create(activity=locked, made_by=by, made_at=now)
    last = rows[-1]
    queue.update(party=party, is_deferred=last.is_deferred, signed_up_at=last.signed_up_at)
    offers.offer_places(locked.pk, now)
    return rows


@transaction.atomic
def wait_apart(*, activity: Activity, party: int, by: User, now: datetime) -> int:
    """Whoever waits together waits each on their own; how many they are."""
    locked = offers.lock_activity(activity.pk)
    rows = SignUp.objects.filter(activity=locked.pk, party=party, status=Status.WAITING)
    parted = rows.update(party=None)
    offers.offer_places(locked.pk, now)
    return parted


def write_note(
    *, activity: Activity, resident: Resident | None, text: str, by: User, now: datetime
) -> StaffNote | None:
    """A line for colleagues; an empty one is none."""
    if not text.strip():
        return None
    return StaffNote.objects.create(
        activity_id=activity.pk,
        resident=resident,
        text=text.strip()[:200],
        written_by=by,
        written_at=now,
    )


def remove_note(*, note: StaffNote, by: User) -> None:
    """It is dealt with. Twice is harmless."""
    StaffNote.objects.filter(pk=note.pk).delete()
