"""An announcement is taken back before anybody heard of it; what is over is put right in words."""

from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Activity
from diedie_edu.activities.rules.schedule import check_can_be_changed
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import unsay
from diedie_edu.notices.models import Notice
from diedie_edu.venues.actions import bookings
from residents_school import messages
from residents_school.models import Lecture, Wish
from residents_school.rules import lectures


@transaction.atomic
def take_back_announcement(*, lecture: Lecture, by: User, now: datetime) -> None:
    """A draft again, as if it had never been announced; wishes that it answered stand open again.

    Raises `Refused` where somebody has signed up, or a message of it has gone out.
    """
    locked = lock_activity(lecture.pk)
    lectures.check_can_be_taken_back(locked, locked.sign_ups.exists())
    subject = ACTIVITY.of(lecture.pk)
    said = Notice.objects.filter(subject=subject, kind=messages.WISH_ANSWERED.code)
    at = said.order_by("-created_at").values_list("created_at", flat=True).first()
    kinds = (messages.WISH_ANSWERED,)
    if at and unsay(subject=subject, said_at=at, kinds=kinds) is None:
        raise Refused("told", lectures.OUT_ALREADY)
    Wish.objects.filter(answered_by=lecture).update(answered_by=None)
    Activity.objects.filter(pk=lecture.pk).update(state=Activity.State.DRAFT)


@transaction.atomic
def correct_lecture(*, lecture: Lecture, title: str, summary: str, outline: str, by: User) -> None:
    """Put the words of a lecture right that has begun or is over; nobody is told.

    Raises `Refused` for what was called off.
    """
    check_can_be_changed(lock_activity(lecture.pk))
    words = {"title": title, "summary": summary, "outline": outline}
    Lecture.objects.filter(pk=lecture.pk).update(**words)
    booked = list(lecture.occasions.values_list("booking", flat=True))
    bookings.rename(bookings=booked, purpose=title)
