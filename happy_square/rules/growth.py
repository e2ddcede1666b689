"""What counts as growth, and what the public may know of it; pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

SHRINKS_BY = 20  # percent of the people at a meet-up
FEWEST_COUNTED = 3  # meet-ups in each of the two spans that are compared
SPAN = timedelta(weeks=8)


@dataclass(frozen=True)
class Turnout:
    """The meet-ups of a group that were counted in a span of time, and all who came."""

    meet_ups: int
    visits: int

    @property
    def people(self) -> float:
        """At a meet-up, on average."""
        return self.visits / self.meet_ups if self.meet_ups else 0.0


def shrinks(before: Turnout, now: Turnout) -> bool:
    """House rule: a fifth fewer come than in the eight weeks before, in three meet-ups or more."""
    enough = min(before.meet_ups, now.meet_ups) >= FEWEST_COUNTED
    return enough and now.people * 100 <= before.people * (100 - SHRINKS_BY)


def is_settled(last_day: date, today: date) -> bool:
    """House rule: the public sees a month once no more sheets of it come in, so that nobody reads
    somebody out of a figure that has just risen."""
    return today > last_day + timedelta(days=settings.SHEET_ENTRY_DAYS)
