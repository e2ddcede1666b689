"""Whom digits or letters mean that somebody types in at a kiosk."""

from collections.abc import Callable
from datetime import datetime, timedelta

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.activities.models import Occasion
from diedie_edu.door.queries import attendance
from diedie_edu.door.rules import kiosk
from diedie_edu.people.models import Resident

MISSES = Throttle("kiosk", "KIOSK_MISSES", timedelta(minutes=5))


def find_people(*, occasion: Occasion, digits: str, now: datetime) -> list[Resident]:
    """People with a seat whose phone or ticket has these digits. Unknown ones are counted.

    Raises `Refused` for too few of them (`few_digits`), where nobody is found (`unknown`), and
    after too many in vain (`too_many`).
    """
    kiosk.check_enough_digits(digits)
    return _counted(occasion, digits, attendance.expected_with, now)


def find_by_name(*, occasion: Occasion, letters: str, now: datetime) -> list[Resident]:
    """People with a seat whose pinyin or its initials begin with these letters, or whose name holds
    them. Raises `Refused` as `find_people` does (`few_letters`)."""
    kiosk.check_enough_letters(letters)
    return _counted(occasion, letters, attendance.expected_named, now)


def _counted(
    occasion: Occasion,
    typed: str,
    find: Callable[[Occasion, str], list[Resident]],
    now: datetime,
) -> list[Resident]:
    place = str(occasion.pk)
    kiosk.check_not_tried_out(MISSES.is_used_up(place, now))
    people = find(occasion, typed)
    if not people:
        MISSES.count(place, now)
    kiosk.check_somebody_is_meant(people)
    return people
