"""How people are called where somebody taps on one of several."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Any

from diedie_edu.common import alike
from diedie_edu.common.current_request import current_request, remembered
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.names import partly_covered
from diedie_edu.people.models import Resident
from diedie_edu.people.models.residents import PEOPLE_READ
from diedie_edu.people.rules.residents import is_child

COVERED = "covered"  # nobody's name stands whole: others look on
CHILDREN_COVERED = "children-covered"
PHONE, HOUSE = "phone", "house"  # stand beside the name, the phone in part
TOLD = "people_told_apart"


def called(person: Resident | None, shown: str = "") -> str:
    """A person's name as it is shown, with what tells them from somebody of the same page who reads
    alike (`common.alike`): of all who were read for this answer, at no query. `shown` are words of
    the above, with spaces between them. Nobody has no name."""
    if not person:
        return ""
    how = tuple(shown.split())
    apart = _told_apart(how).get(person.pk)
    name = _name(person, how, local_day(local_now()))
    return f"{name}{alike.SAID}{apart}" if apart else name


def called_among(row: Any, rows: Iterable[Any]) -> str:
    """The same for a name that somebody wrote down with a phone and that is of nobody yet."""
    told = alike.told_apart(rows, alike.reads_as_full_name, [alike.phone_end])
    apart = told.get(row.pk)
    return f"{row.full_name}{alike.SAID}{apart}" if apart else row.full_name


def _told_apart(how: tuple[str, ...]) -> dict[int, str]:
    if (request := current_request()) is None:
        return {}
    people = remembered(request, PEOPLE_READ, list[Any])
    told = remembered(request, TOLD, dict[Any, Any])
    if (how, len(people)) not in told:
        named = [person for person in people if person.__dict__.get("full_name")]
        today = local_day(local_now())
        told[how, len(people)] = alike.told_apart(named, _reads(how, today), _facts(how, today))
    return told[how, len(people)]


def _name(person: Resident, how: tuple[str, ...], today: date) -> str:
    name = person.full_name
    return partly_covered(name) if name and _is_covered(person, how, today) else name


def _is_covered(person: Resident, how: tuple[str, ...], today: date) -> bool:
    if CHILDREN_COVERED in how:
        return is_child(person.__dict__.get("birth_date"), today)
    return COVERED in how


def _reads(how: tuple[str, ...], today: date) -> Callable[[Any], Hashable]:
    def reads(person: Any) -> Hashable:
        is_covered = _is_covered(person, how, today)
        read = alike.reads_as_covered_name if is_covered else alike.reads_as_full_name
        return read(person)

    beside = alike.with_phone(reads) if PHONE in how else reads
    return alike.with_house(beside) if HOUSE in how else beside


def _facts(how: tuple[str, ...], today: date) -> Sequence[alike.Fact]:
    return alike.BEFORE_OTHERS if COVERED in how else facts(today)


def facts(today: date) -> Sequence[alike.Fact]:
    """By which staff tell people apart; of a child the least."""
    return [
        _of_age(*pair, today) for pair in zip(alike.OF_GROWN_UPS, alike.OF_CHILDREN, strict=True)
    ]


def _of_age(grown_up: alike.Fact, child: alike.Fact, today: date) -> alike.Fact:
    return lambda person: (child if is_child(_born(person), today) else grown_up)(person)


def _born(person: Any) -> date | None:
    return person.__dict__.get("birth_date")
