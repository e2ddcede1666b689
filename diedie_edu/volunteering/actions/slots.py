"""The free slots of a whole roster: they come and go with its days and with what is needed."""

from collections.abc import Collection, Iterable
from datetime import datetime

from diedie_edu.activities.models import Occasion
from diedie_edu.notices.actions import cancel
from diedie_edu.volunteering import messages
from diedie_edu.volunteering.models import Duty


def open_slots(slots: Iterable[tuple[Occasion, str]]) -> None:
    """One free slot for each pair of an occasion and a work."""
    Duty.objects.bulk_create(Duty.at(occasion, None, work) for occasion, work in slots)


def remove_slots(slots: Collection[Duty], now: datetime) -> None:
    """Take free slots off the roster; nobody is asked to stand in for them any more."""
    cancel(subject=[messages.DUTY.of(slot.pk) for slot in slots], now=now)
    Duty.objects.filter(pk__in=[slot.pk for slot in slots]).delete()
