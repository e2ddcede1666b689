"""What programmes do when a child's consent ends: they add theirs when they start.

Imports run one way, so people cannot know of seats or collectors; each app brings its part.
"""

from collections.abc import Callable
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident

WhenLocked = Callable[[Resident, User | None, datetime], None]
WhenErased = Callable[[Resident], None]

_when_locked: list[WhenLocked] = []
_when_erased: list[WhenErased] = []


def register(*, when_locked: WhenLocked, when_erased: WhenErased) -> None:
    """`when_locked(child, by, now)` frees what the child holds; `when_erased(child)` deletes
    what no cascade reaches. Both run in the transaction that locks or erases."""
    if when_locked not in _when_locked:
        _when_locked.append(when_locked)
        _when_erased.append(when_erased)


def child_locked(child: Resident, by: User | None, now: datetime) -> None:
    for part in _when_locked:
        part(child, by, now)


def child_erased(child: Resident) -> None:
    for part in _when_erased:
        part(child)
