"""What stands in bookings, and who answers for them: brought by the rooms and programmes above.

A room that is refused, displaced or found empty is freed by this list alone.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import parts_of
from diedie_edu.venues.models import Booking

Bookings = Collection[int]


@dataclass(frozen=True)
class Holders:
    """One sort of rows that stand in bookings, such as occasions; each callable is given bookings
    (ids) and looks after its own alone.

    `standing` gives those in which it has a row, `lock` holds its rows before the rooms are
    locked. `free(bookings, reason, by, now)` calls them off and tells everybody. `settle(booking,
    place, by, now)` lets a called-off one stand again where and when `place`, a booking in memory,
    says.
    """

    standing: Callable[[Bookings], Collection[int]]
    lock: Callable[[Bookings], None]
    free: Callable[[Bookings, str, User, datetime], None]
    settle: Callable[[Booking, Booking, User, datetime], None]


@dataclass(frozen=True)
class Counted:
    """Of bookings (ids) those in which somebody has come or was counted."""

    of: Callable[[Bookings], Collection[int]]


@dataclass(frozen=True)
class Answerable:
    """Who answers for bookings: `of` gives pairs of booking and account (ids).

    Only those who `are_there` themselves are asked whether a room is in use.
    """

    of: Callable[[Bookings], Collection[tuple[int, int]]]
    are_there: bool = False


@dataclass(frozen=True)
class Asker:
    """For whom somebody may ask for rooms: `key` names it in a form, `programme` is its slug."""

    key: str
    title: str
    programme: str


@dataclass(frozen=True)
class Askers:
    """For whom an account may ask for rooms beside its programmes, such as the groups it leads."""

    of: Callable[[User], Collection[Asker]]


def lock_holders(bookings: Bookings) -> None:
    for part in parts_of(Holders):
        part.lock(bookings)


def standing_in(bookings: Bookings) -> set[int]:
    """Those of the bookings (ids) in which something stands."""
    return {pk for part in parts_of(Holders) for pk in part.standing(bookings)}


def counted_in(bookings: Bookings) -> set[int]:
    """Those of the bookings (ids) in which somebody was counted."""
    return {pk for part in parts_of(Counted) for pk in part.of(bookings)}


def answer_for(bookings: Bookings, *, only_there: bool = False) -> dict[int, set[int]]:
    """The accounts (ids) that answer for each of the bookings (ids), where there are any."""
    found: dict[int, set[int]] = {}
    for part in parts_of(Answerable):
        if part.are_there or not only_there:
            for booking, account in part.of(bookings):
                found.setdefault(booking, set()).add(account)
    return found


def askers_of(user: User) -> list[Asker]:
    return [asker for part in parts_of(Askers) for asker in part.of(user)]
