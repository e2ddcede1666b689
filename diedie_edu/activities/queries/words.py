"""Whom a word to everybody would reach, and what was written before."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from diedie_edu.activities.models import Activity, SignUp, WordToAll
from diedie_edu.activities.traits import traits_of
from diedie_edu.notices.relatives import with_relatives
from diedie_edu.notices.rules.addresses import sms_address
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import has_reader


@dataclass(frozen=True)
class Reach:
    """The people (ids) a message goes to; `without_phone` are those who can get no text message,
    `to_call` those of them who open no message in the portal either: somebody has to ring or
    knock."""

    people: list[int]
    without_phone: list[Resident]
    to_call: list[Resident]


def signed_up_people(activity: Activity, *, with_queue: bool) -> QuerySet[SignUp]:
    """Whoever holds a seat or has one kept for them, and the queue too; in a programme that says
    so without those whose place is not settled."""
    statuses = SignUp.LIVE if with_queue else SignUp.HOLDS_A_PLACE
    rows = SignUp.objects.filter(activity=activity.pk, status__in=statuses)
    return traits_of(activity.programme.slug).settled(rows)


def reach_of(people: Collection[int]) -> Reach:
    """Of residents (ids): four queries for any number."""
    rows = Resident.objects.filter(pk__in=people).select_related("account", "household")
    found = list(with_relatives(rows).order_by("sort_key", "pk"))
    readers = Resident.objects.filter(has_reader("pk"), pk__in=people)
    reading = set(readers.values_list("pk", flat=True))
    silent = [one for one in found if not sms_address(one)]
    return Reach(
        people=[one.pk for one in found],
        without_phone=silent,
        to_call=[one for one in silent if one.pk not in reading],
    )


def words_about(about: str) -> QuerySet[WordToAll]:
    return WordToAll.objects.filter(about=about).select_related("sent_by")
