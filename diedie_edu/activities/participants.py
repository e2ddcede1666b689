"""Who stands at an occasion: those signed up, and whom the rooms above bring (people on duty).

Moving, calling off, closing a day and reminding reach people by this list alone.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError
from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages
from diedie_edu.activities.models import Occasion
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.kinds import Kind

Occasions = Collection[int] | QuerySet


def nobody_to_lock(occasions: Occasions) -> None:
    """For participants whom no constraint holds to the times of occasions."""


def nobody_to_release(occasions: Occasions, now: datetime) -> None:
    """For participants who may be in several places at a time."""


def no_refusal(error: IntegrityError, occasion: Occasion, by: User) -> Refused | None:
    """For the same: no error of the database is about them."""
    return None


@dataclass(frozen=True)
class Participants:
    """One sort of people at occasions.

    `at` gives their rows at some occasions (ids), each with a `resident_id`; `to_occasion` and
    `to_activity` are the paths from such a row. `reminded` gives the rows that are reminded by the
    reminder times of this `audience`, with the message `reminder`; `since` is the column that says
    when somebody joined, `facts` are more columns that the message needs. `lock` holds them before
    an occasion moves, and `refusal` names what the database refused about them. `release` lets go
    of those who cannot come (any more) when called-off occasions (ids) are held again.
    `told_by_programme`: a programme may tell them in words of its own (`changed_days`).
    """

    audience: str
    reminder: Kind
    to_occasion: str
    to_activity: str
    at: Callable[[Occasions], QuerySet]
    reminded: Callable[[], QuerySet]
    since: str = ""
    facts: Mapping[str, Combinable] = field(default_factory=dict)
    lock: Callable[[Occasions], None] = nobody_to_lock
    refusal: Callable[[IntegrityError, Occasion, User], Refused | None] = no_refusal
    release: Callable[[Occasions, datetime], None] = nobody_to_release
    told_by_programme: bool = False


def all_participants() -> tuple[Participants, ...]:
    return parts_of(Participants)


def messages_of_the_old_time() -> list[Kind]:
    """What a move makes untrue before it has gone out."""
    return [messages.MOVED, *(sort.reminder for sort in all_participants())]


def people_at(occasions: Occasions) -> list[int]:
    """Ids of residents who stand at these occasions (ids), each once."""
    first, *others = (
        sort.at(occasions).order_by().values_list("resident_id") for sort in all_participants()
    )
    return [person for (person,) in first.union(*others)]


def people_of(activity_id: int) -> list[int]:
    """Ids of residents who stand at any occasion of an activity, each once."""
    return people_at(Occasion.objects.filter(activity=activity_id).values("pk"))


def lock_people(occasions: Occasions) -> None:
    """Lock those whose times change with the occasions' (ids), after their venues."""
    for sort in all_participants():
        sort.lock(occasions)


def refusal_about(error: IntegrityError, occasion: Occasion, by: User) -> Refused | None:
    """What the database refused about one of them, in words; None where it was something else."""
    found = (sort.refusal(error, occasion, by) for sort in all_participants())
    return next(filter(None, found), None)
