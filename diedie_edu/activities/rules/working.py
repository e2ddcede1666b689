"""What staff may do with somebody's place, and what they may write to everybody."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity, SignUp, WordToAll
from diedie_edu.activities.rules.sign_up import check_fits_together
from diedie_edu.common.errors import Refused

UNDO = timedelta(minutes=2)
LONGEST_WORD = 500
SAME_WORD = timedelta(days=1)


def can_undo(sign_up: SignUp, now: datetime) -> bool:
    """House rule: what a colleague did by mistake with somebody's place can be taken back for two
    minutes; until then no message of it goes out."""
    by_staff = sign_up.cancelled_by_id not in (None, sign_up.resident.account_id)
    if sign_up.status != SignUp.Status.CANCELLED or sign_up.cancelled_at is None:
        return False
    return by_staff and now < sign_up.cancelled_at + UNDO


def check_can_undo(sign_up: SignUp, now: datetime) -> datetime:
    """House rule: as `can_undo`; the moment that is undone."""
    if sign_up.cancelled_at is None or not can_undo(sign_up, now):
        raise Refused(
            "too_late",
            _("Two minutes have passed, so the messages are on their way. Sign them up anew."),
        )
    return sign_up.cancelled_at


def check_can_wait_together(activity: Activity, rows: Sequence[SignUp], wanted: int) -> None:
    """House rule: two people at least who still wait, and no more than there are seats."""
    if len(rows) < wanted:
        raise Refused("changed", _("The queue has changed meanwhile. Please look at it again."))
    if len(rows) < 2:
        raise Refused("one", _("Tick two people at least who are to get seats together."))
    check_fits_together(activity, len(rows))


def check_word(text: str, same: WordToAll | None) -> None:
    """House rule: a word says something, and the same word goes out once within a day."""
    if not text.strip():
        raise Refused("empty", _("Please write what they are to know."), "text")
    if same is not None:
        raise Refused(
            "same",
            _("These very words went out already, to %(people)s people.") % {"people": same.people},
            "text",
        )


def check_is_draft(activity: Activity) -> None:
    """House rule: what residents know of is called off with a reason; only drafts are deleted."""
    if activity.state != Activity.State.DRAFT:
        raise Refused("announced", _("Residents know of it already: call it off instead."))


def check_is_deleted(activity: Activity) -> None:
    """House rule: only a deleted draft is restored; doing it twice says so."""
    if not activity.is_dropped:
        raise Refused("restored", _("This draft stands already."))
