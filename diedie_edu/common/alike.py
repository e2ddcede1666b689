"""Rows that read alike to whoever taps on one, and what tells them apart.

Least of all is shown: nothing of a row that no other reads like, and of the others the fact that
reveals least and differs among all of them.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from diedie_edu.common.names import letters_of, partly_covered
from diedie_edu.common.phones import masked, without_extension

Row = TypeVar("Row")
Fact = Callable[[Any], str]
SAID = " · "


def told_apart(
    rows: Iterable[Row], reads: Callable[[Row], Hashable], facts: Sequence[Fact]
) -> dict[int, str]:
    """Words for those of some rows (by their numbers) that read like another of them; `facts` stand
    in the order of what they reveal. Where no fact helps, the number does."""
    groups = defaultdict(list)
    for row in {_number(row): row for row in rows}.values():
        groups[reads(row)].append(row)
    told: dict[int, str] = {}
    for alike in groups.values():
        if len(alike) > 1:
            told |= _words(alike, facts)
    return told


def _words(alike: list[Any], facts: Sequence[Fact]) -> dict[int, str]:
    said = [[fact(row) for row in alike] for fact in facts]
    numbers = [_("no. %(number)s") % {"number": _number(row)} for row in alike]
    alone = next((words for words in said if len(set(words)) == len(alike)), None)
    chosen = [alone] if alone else _together(said, numbers)
    told = (SAID.join(filter(None, words)) for words in zip(*chosen, strict=True))
    return dict(zip(map(_number, alike), told, strict=True))


def _together(said: list[list[str]], numbers: list[str]) -> list[list[str]]:
    """As many facts as it takes."""
    chosen: list[list[str]] = []
    for words in (*said, numbers):
        before = len(set(zip(*chosen, strict=True)))
        if len(set(zip(*chosen, words, strict=True))) > max(before, 1):
            chosen.append(words)
        if len(set(zip(*chosen, strict=True))) == len(numbers):
            break
    return chosen


def _number(row: Any) -> int:
    return row.pk


# --- People ------------------------------------------------------------------------------


def reads_as_full_name(person: Any) -> Hashable:
    return letters_of(person.full_name)


def reads_as_covered_name(person: Any) -> Hashable:
    return partly_covered(letters_of(person.full_name))


def with_phone(reads: Callable[[Any], Hashable]) -> Callable[[Any], Hashable]:
    """Where the number stands beside the name, as far as it is shown."""
    return lambda person: (reads(person), masked(_known(person, "phone") or ""))


def with_house(reads: Callable[[Any], Hashable]) -> Callable[[Any], Hashable]:
    return lambda person: (reads(person), house(person))


def month(person: Any) -> str:
    born = _known(person, "birth_date")
    return _("born in month %(month)s") % {"month": born.month} if born else ""


def month_and_year(person: Any) -> str:
    born: date | None = _known(person, "birth_date")
    words = {"month": born.month, "year": born.year} if born else {}
    return _("born %(month)s/%(year)s") % words if words else ""


def birthday(person: Any) -> str:
    born: date | None = _known(person, "birth_date")
    words = {"day": born.day, "month": born.month} if born else {}
    return _("birthday %(day)s/%(month)s") % words if words else ""


def phone_end(person: Any) -> str:
    """Of their own phone, or of the household's where that is at hand."""
    own = _known(person, "phone") or _known(_home(person), "phone")
    digits = "".join(filter(str.isdecimal, without_extension(own or "")))[-4:]
    return _("phone …%(digits)s") % {"digits": digits} if digits else ""


def house(person: Any) -> str:
    return _known(_home(person), "label") or ""


def nothing(_person: Any) -> str:
    return ""


def _home(person: Any) -> Any:
    """The household, where it has been read already: telling apart costs no query."""
    return person._state.fields_cache.get("household")


def _known(row: Any, name: str) -> Any:
    return getattr(row, "__dict__", {}).get(name)


OF_GROWN_UPS: tuple[Fact, ...] = (month_and_year, phone_end, house, birthday)
OF_CHILDREN: tuple[Fact, ...] = (month, month_and_year, birthday, nothing)
BEFORE_OTHERS: tuple[Fact, ...] = (month, phone_end, birthday)  # where others look on
