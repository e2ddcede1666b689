"""Rooms and their hours as rows of a timetable; a list where there is no room for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from diedie_edu.common.days import local, local_day, moment, time_text
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Venue
from diedie_edu.venues.rules.availability import EARLIEST
from diedie_edu.venues.rules.stretches import Stretch

USUAL = timedelta(minutes=90)  # what is asked for, if nothing else is said
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
FIRST, LAST = 8, 21  # hours that a timetable shows even where nothing is held


@dataclass(frozen=True)
class Entry:
    """What holds a room, as this reader may know it: without a `title` it is just taken.

    `venue` is the whole or the part that it holds, where that is not the row's own.
    """

    booking: Booking
    title: str = ""
    programme: Programme | None = None
    url: str = ""
    venue: Venue | None = None


@dataclass(frozen=True)
class Cell:
    """A stretch of a row; `width` in quarters of an hour."""

    stretch: Stretch
    entries: Sequence[Entry]
    width: int

    @property
    def size(self) -> str:
        """Whether words fit in: an hour and a half is wide, an hour is narrow."""
        return "wide" if self.width > 5 else "narrow" if self.width < 5 else ""

    @property
    def asking(self) -> str:
        """From its beginning on, an hour and a half; from eight where that lies within."""
        first, last = self.stretch.starts_at, self.stretch.ends_at
        early = moment(local_day(first), EARLIEST)
        start = early if first < early < last else first
        end = min(start + USUAL, last)
        return urlencode({"starts": time_text(start), "ends": time_text(end)})

    @property
    def hours(self) -> str:
        """Midnight goes without saying."""
        times = {"start": time_text(self.stretch.starts_at), "end": time_text(self.stretch.ends_at)}
        from_start, to_end = (clock == "00:00" for clock in times.values())
        if from_start and to_end:
            return _("all day")
        if to_end:
            return _("from %(start)s") % times
        return _("until %(end)s") % times if from_start else "{start}–{end}".format(**times)


@dataclass(frozen=True)
class Row:
    """A room on a day; `note` is what is to know of the day."""

    venue: Venue
    day: date
    stretches: Sequence[Stretch]
    entries: dict[int, Entry]
    note: str = ""

    @property
    def asking(self) -> str:
        """For the address of the page on which rooms are asked for."""
        return urlencode({"venue": str(self.venue.pk), "day": str(self.day)})

    def cells(self, first: int, last: int) -> list[Cell]:
        """From the hour `first` to the hour `last`; what is shorter than a quarter of an hour is
        shown where it holds the room, and left out where it does not."""
        begin, place, found = moment(self.day) + first * HOUR, 0, []
        for stretch in self.stretches:
            end = min(round((stretch.ends_at - begin) / QUARTER), 4 * (last - first))
            width = max(end - place, 1 if stretch.bookings else 0)
            if width > 0:
                entries = [self.entries[row.pk] for row in stretch.bookings]
                found.append(Cell(stretch, entries, width))
                place += width
        return found


@dataclass(frozen=True)
class Timetable:
    """Rows over the same hours."""

    rows: Sequence[Row]

    @property
    def hours(self) -> range:
        """From FIRST to LAST, and as far beyond as something is held."""
        held = [row for line in self.rows for row in line.stretches if row.bookings]
        first = [local(row.starts_at).hour for row in held]
        last = [local(row.ends_at - timedelta.resolution).hour + 1 for row in held]
        return range(min([FIRST, *first]), max([LAST, *last]))

    @property
    def lines(self) -> Iterable[tuple[Row, list[Cell]]]:
        hours = self.hours
        return [(row, row.cells(hours.start, hours.stop)) for row in self.rows]
