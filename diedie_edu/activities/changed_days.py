"""What a programme does when a day of its changes, beside what is done in every programme."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Occasion
from diedie_edu.activities.rules.schedule import check_fits
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.manifests import parts_by, parts_of
from diedie_edu.venues.models import Venue


@dataclass(frozen=True)
class OwnWords:
    """A programme (its slug) that tells those signed up itself, and keeps its own log.

    `called_off(occasions' ids, reason, by, now)` and `held_again(occasions' ids, by, now)` run
    in the transaction, when it is done, and so does `moved(occasion, was, by, now)`, where it is
    one of theirs and `was` is when it began before; `lock(occasions' ids)` before anything else of
    it is locked. All are given occasions of this programme alone, and of those only what `of` holds
    for.
    """

    programme: str
    lock: Callable[[Collection[int]], object]
    called_off: Callable[[Collection[int], str, User, datetime], None]
    held_again: Callable[[Collection[int], User, datetime], None]
    moved: Callable[[Occasion, datetime, User, datetime], None] | None = None
    of: Q = field(default_factory=Q)


def with_own_words(occasions: Collection[int] | QuerySet) -> dict[OwnWords, list[int]]:
    """Those of these occasions (ids) of which a programme tells in its own words."""
    found = {row: Occasion.objects.filter(pk__in=occasions) for row in parts_of(OwnWords)}
    ids = {
        row: list(
            rows.filter(row.of, activity__programme__slug=row.programme).values_list(
                "pk", flat=True
            )
        )
        for row, rows in found.items()
    }
    return {row: numbers for row, numbers in ids.items() if numbers}


@dataclass(frozen=True)
class Addition:
    """What a programme could hold on a changed day besides: an activity (id) by one of some
    timetables (value and words)."""

    activity: int
    title: str
    timetables: Sequence[tuple[int, str | Promise]]


def suits_every_open_day(day: date, calendar: Calendar) -> bool:
    return not calendar.is_closed(day)


def suits_as_all(activity: int, day: date, calendar: Calendar) -> bool:
    """For programmes whose activities do not choose for themselves."""
    return True


def check_nothing(day: date, calendar: Calendar) -> None:
    """For programmes that may be held on any day."""


def check_seats_fit(occasion: Occasion, venue: Venue) -> None:
    """For programmes whose seats are those of the room; of what goes on from week to week, for
    those who belong to it."""
    activity = occasion.activity
    check_fits(max(activity.taken, 1) if activity.is_ongoing else activity.capacity, venue)


def those_alone(occasions: Collection[int]) -> Collection[int]:
    """For programmes whose dates do not hang together."""
    return occasions


def do_nothing(activity: int, now: datetime) -> None:
    """For programmes that have nothing else to do."""


def nothing_besides(day: date, calendar: Calendar, now: datetime) -> list[Addition]:
    return []


def hold_nothing(activity: int, day: date, timetable: int, by: User, now: datetime) -> int:
    raise NotImplementedError


@dataclass(frozen=True)
class DayRules:
    """Which days suit the dates of one programme (its slug), and what it does on a changed one.

    `suits(day, calendar)` decides what is proposed, and `suits_each(activity's id, day, calendar)`
    where an activity has chosen for itself. Dates that `move` can go to another day:
    `check_day(day, calendar)` raises `Refused` where that cannot be, `moved(activity's id, now)`
    follows. `besides(day, calendar, now)` is what could be held in addition, and
    `hold(activity's id, day, timetable, by, now)` holds it and returns how many people are told.

    Another room takes a date where `check_room(occasion, venue)` raises no `Refused`. Where the
    room closes, a date stays in it by staff's choice, unless not `stays_where_closed`; and
    `off_with(occasions' ids)` are all that is called off with these.
    """

    programme: str
    suits: Callable[[date, Calendar], bool] = suits_every_open_day
    suits_each: Callable[[int, date, Calendar], bool] = suits_as_all
    move: bool = True
    check_day: Callable[[date, Calendar], None] = check_nothing
    moved: Callable[[int, datetime], None] = do_nothing
    besides: Callable[[date, Calendar, datetime], list[Addition]] = nothing_besides
    hold: Callable[[int, date, int, User, datetime], int] = hold_nothing
    check_room: Callable[[Occasion, Venue], None] = check_seats_fit
    stays_where_closed: bool = True
    off_with: Callable[[Collection[int]], Collection[int]] = those_alone

    def suits_date(self, activity: int, day: date, calendar: Calendar) -> bool:
        return self.suits(day, calendar) and self.suits_each(activity, day, calendar)


def day_rules(programme: str) -> DayRules:
    """Those of a programme (its slug); the usual ones where it brings none."""
    return parts_by(DayRules, "programme").get(programme, DayRules(programme))


def all_additions(day: date, calendar: Calendar, now: datetime) -> list[tuple[DayRules, Addition]]:
    """What the programmes could hold on a day besides, each with its rules."""
    return [(row, more) for row in parts_of(DayRules) for more in row.besides(day, calendar, now)]
