"""What Happy Square does when dates of groups are called off, held again or moved, by whatever
door: for members in words of its own."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import chats
from diedie_edu.activities.changed_days import OwnWords
from diedie_edu.activities.models import Occasion
from happy_square import meet_up_messages as messages
from happy_square.actions.telling import tell_of_dates
from happy_square.models import MeetUp
from happy_square.models.groups import PROGRAMME


def _nothing(occasions: Collection[int]) -> None:
    """The activities, which are locked first, are the groups."""


def called_off(occasions: Collection[int], reason: str, by: User, now: datetime) -> None:
    MeetUp.objects.filter(pk__in=occasions).update(off_reason=reason[:100])
    tell_of_dates(messages.CALLED_OFF, occasions, {"reason": reason}, by, now)
    chats.tell_of_dates(messages.CALLED_OFF, occasions, now)


def held_again(occasions: Collection[int], by: User, now: datetime) -> None:
    MeetUp.objects.filter(pk__in=occasions).update(off_reason="")
    tell_of_dates(messages.HELD_AGAIN, occasions, {}, by, now)


def moved(occasion: Occasion, was: datetime, by: User, now: datetime) -> None:
    MeetUp.objects.filter(pk=occasion.pk, confirmed_at=None).update(
        confirmed_at=now, confirmed_by=by
    )
    tell_of_dates(messages.MOVED, [occasion.pk], {}, by, now, was)


OWN_WORDS = OwnWords(
    PROGRAMME, _nothing, called_off, held_again, moved, of=Q(activity__is_ongoing=True)
)
