"""What a series comes to, day by day, before anything is saved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Booking

HELD = "held"  # as it was asked for


@dataclass(frozen=True)
class PlannedDay:
    """One day of a series: what was asked for, and what came of it.

    `state` is a word of the programme's, HELD or why not; `rooms` are the bookings that it would
    take, none where the day is left out. They are not saved.
    """

    wanted: date
    state: str
    rooms: tuple[Booking, ...] = ()
    reason: str | Promise = ""
    instead: tuple[Booking, ...] = ()

    @property
    def is_held(self) -> bool:
        return bool(self.rooms)

    @property
    def place(self) -> Booking | None:
        return self.rooms[0] if self.rooms else None

    @property
    def day(self) -> date:
        """Where it stands in the calendar."""
        return local_day(self.rooms[0].starts_at) if self.rooms else self.wanted

    @property
    def key(self) -> str:
        """The day as it was shown; a preview made later agrees with it or not."""
        rooms = "".join(f"_{row.venue_id}" for row in self.rooms)
        return f"{self.wanted}_{self.state}_{self.day}{rooms}"


def check_as_shown(days: Sequence[PlannedDay], kept: Collection[str]) -> list[PlannedDay]:
    """House rule: what is saved is what was shown. The ticked days, in order.

    Raises `Refused`: `nothing` where none is ticked, `changed` where a day has changed.
    """
    if not kept:
        raise Refused("nothing", _("Tick at least one day."))
    chosen = [day for day in days if day.is_held and day.key in kept]
    if len(chosen) != len(set(kept)):
        raise changed_meanwhile()
    return chosen


def changed_meanwhile() -> Refused:
    """What was shown, or stood in the way, is there no more."""
    return Refused(
        "changed",
        _(
            "Something was planned meanwhile, so nothing has been saved. Please look at the "
            "days again."
        ),
    )
