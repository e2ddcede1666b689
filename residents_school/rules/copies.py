"""What a copy of a season comes to, lecture by lecture, before anything is saved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Booking
from diedie_edu.venues.rules.availability import Occupancy
from diedie_edu.venues.rules.series import PlannedDay
from residents_school.models import Lecture
from residents_school.rules.seasons import DayState, not_a_day

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class CopiedDay(PlannedDay):
    """A lecture as it would come again; two of one day are two."""

    lecture: Lecture | None = None

    @property
    def key(self) -> str:
        return f"{self.lecture.pk if self.lecture else 0}_{super().key}"


def check_copy(weeks: int, first: date, last: date) -> None:
    """House rule: a season of a year at most comes again later than it was."""
    if last < first or last - first > LONGEST:
        raise Refused("period", _("Choose a first and a last day within a year."), "last")
    if weeks < 1:
        raise Refused("earlier", _("It comes again later than it was held."), "new_first")


def copies(
    lectures: Iterable[Lecture], weeks: int, occupancy: Occupancy, now: datetime
) -> Iterator[CopiedDay]:
    """Each at the same time in the same room; left out, with the reason, where that cannot be."""
    later = timedelta(weeks=weeks)
    taken = occupancy
    for lecture in lectures:
        occasion = lecture.occasion
        room = Booking(
            venue=occasion.venue,
            starts_at=occasion.starts_at + later,
            ends_at=occasion.ends_at + later,
            purpose=lecture.title,
        )
        wanted = local_day(room.starts_at)
        obstacle = taken.obstacle(room)
        reason = not_a_day(room, occupancy.calendar, now) or (obstacle and obstacle.reason)
        if reason:
            yield CopiedDay(wanted, DayState.LEFT_OUT, reason=reason, lecture=lecture)
        else:
            taken = taken.with_more([room])
            yield CopiedDay(wanted, DayState.HELD, (room,), lecture=lecture)
