"""What apps do when something ends for a person; people know nothing of seats or collectors."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.deeds import Deed
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.people.rules.erasures import Matter


def nothing(*_: object) -> None:
    """For an app that has nothing to do then."""


def no_matters(*_: object) -> Iterable[Matter]:
    return ()


@dataclass(frozen=True)
class Endings:
    """What one app does, in the transaction in which something ends.

    `child_locked` frees what a child holds whose last consent has ended; so many `kept_days` it is
    kept after a consent has run out. `erased` gives back what
    somebody holds, and takes their words out of what stays; what becomes of the rows that name
    them, those say themselves (`common.references`). `clearance_ends` holds what hangs on a
    volunteer's check, before the volunteer is held; `clearance_ended` releases a volunteer from
    duties that a check carried until now; the database refuses the shorter check where it leaves
    any. `departed` frees, as part of a deed that can be undone, what somebody holds who has moved
    away or died. `rearranged` lets roles follow what people (ids) hold after their records were
    merged or parted, and raises `Refused` where that does not go together.
    `phone_changed` is told the people (ids) who have another phone from now on, the old one and the
    new one, for what an app has copied of theirs.
    `volunteer_leaves` and `volunteer_left` do the same with all duties of somebody who serves
    no more. `matters` tell what an erasure means; `guardian_erased` takes a guardian out of what an
    app keeps of a child (first) for whom somebody else answers too.
    """

    child_locked: Callable[[Resident, User | None, datetime], None] = nothing
    kept_days: Callable[[], int] = int
    erased: Callable[[Resident, datetime], None] = nothing
    departed: Callable[[Resident, Deed], None] = nothing
    rearranged: Callable[[Collection[int], User, datetime], None] = nothing
    clearance_ends: Callable[[Volunteer], None] = nothing
    clearance_ended: Callable[[Volunteer, User, datetime], None] = nothing
    phone_changed: Callable[[Collection[int], str, str], None] = nothing
    volunteer_leaves: Callable[[Volunteer], None] = nothing
    volunteer_left: Callable[[Volunteer, User | None, datetime], None] = nothing
    matters: Callable[[Resident, datetime], Iterable[Matter]] = no_matters
    guardian_erased: Callable[[Resident, Resident, datetime], None] = nothing
