"""Whether parts of a page have anything to show, asked of all of them in one call of the database.

On an ordinary day most of what a desk warns of is not there, and finding that out took a statement
for each, composed and planned anew on every visit. A part brings the rows that it shows as a
*peek*, or more than these; where no peek finds one, the part is not asked. All peeks stand in one
function of the database, planned once for each connection; every `migrate` writes it anew from the
manifests, as it does that of the seats (docs/adr/0061, docs/adr/0056).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from inspect import signature
from typing import Any, ClassVar, TypeVar

from django.db import connection, connections
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from diedie_edu.common.composed import Shape
from diedie_edu.common.manifests import manifests, parts_of

FUNCTION = """
CREATE OR REPLACE FUNCTION common_peeks(
    its_version text, its_numbers int[], its_account bigint, its_now timestamptz, its_today date,
    its_times text[]
) RETURNS int[] LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $peeks$
DECLARE
    found int[] := '{{}}';
BEGIN
    IF its_version <> '{version}' THEN
        RETURN NULL;
    END IF;
    {steps}
    RETURN found;
END
$peeks$"""
STEP = """
    IF {number} = ANY (its_numbers) THEN
        IF EXISTS ({rows}) THEN
            found := found || {number};
        END IF;
    END IF;"""
CALL = "SELECT common_peeks(%s, %s::int[], %s::bigint, %s, %s, %s::text[])"
SLOTS: dict[str, type] = {"account": int, "now": datetime, "today": date}
CASTS: Mapping[type, str] = {datetime: "timestamptz", date: "date"}
LANGUAGE = "zh-hans"  # whichever: whether a row is there hangs on none, and all say it alike


class Peek:
    """`rows(account, now, today, …)` gives a queryset, of which only one row is looked for; it
    names what it needs, and each of `times`, its own, which are computed of the moment.

    It is composed as `Composed` is, so nothing in it may be computed of a slot. It may find more
    than its part shows, which is then asked in vain, and never less.
    """

    def __init__(
        self, rows: Callable[..., QuerySet[Any]], **times: Callable[[datetime], date]
    ) -> None:
        self.rows, self.times = rows, times

    def wording(self, first: int) -> str:
        """As SQL in the function's words; `first` is the place of its first own time."""
        kinds = {name: type(time(timezone.now())) for name, time in self.times.items()}
        words = {name: f"its_{name}" for name in SLOTS}
        for number, (name, kind) in enumerate(kinds.items(), first):
            words[name] = f"its_times[{number}]::{CASTS[kind]}"
        slots = {name: (SLOTS | kinds)[name] for name in signature(self.rows).parameters}
        with override(LANGUAGE):
            shape = Shape(self._one, slots)
        return shape.sql % tuple(
            words[name] if name else _literal(value) for name, value in shape.params
        )

    def _one(self, **slots: Any) -> QuerySet[Any]:
        found = self.rows(**slots).order_by()
        found.query = found.query.exists()
        return found


class Peeked:
    """A part that is asked only where one of its peeks finds a row, or that has none."""

    peeks: tuple[Peek, ...] = ()


Part = TypeVar("Part", bound=Peeked)


def awake(parts: Iterable[Part], reader: Any, now: datetime) -> list[Part]:
    """Those parts that may have something to show."""
    rows = list(parts)
    wanted = {peek for part in rows for peek in part.peeks}
    if not wanted:
        return rows
    found = _found(wanted, reader, now)
    return [part for part in rows if not part.peeks or found is None or found & {*part.peeks}]


def _found(wanted: set[Peek], reader: Any, now: datetime) -> set[Peek] | None:
    """Those that find a row; None while the database has the function of another version."""
    book = _Book.of_today()
    numbers = [number for number, peek in enumerate(book.peeks) if peek in wanted]
    times = [time(now).isoformat() for peek in book.peeks for time in peek.times.values()]
    today = timezone.localdate(now)
    with connection.cursor() as cursor:
        cursor.execute(CALL, [book.version, numbers, reader.pk, now, today, times])
        [found] = cursor.fetchone()
    return None if found is None else {book.peeks[number] for number in found}


def write_function(using: str, **_signal: object) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(function())


def function() -> str:
    """The function as it stands in the database."""
    book = _Book.of_today()
    return FUNCTION.format(version=book.version, steps=book.steps)


@dataclass(frozen=True)
class _Book:
    """All peeks of the manifests in their order, and what the function does for them."""

    peeks: list[Peek]
    steps: str
    known: ClassVar[list[tuple[object, "_Book"]]] = []

    @property
    def version(self) -> str:
        return sha256(self.steps.encode()).hexdigest()[:16]

    @classmethod
    def of_today(cls) -> "_Book":
        """Written once for the manifests as they were read."""
        if not cls.known or cls.known[0][0] is not manifests():
            peeks = list(dict.fromkeys(peek for part in parts_of(Peeked) for peek in part.peeks))
            cls.known[:] = [(manifests(), cls(peeks, _steps(peeks)))]
        return cls.known[0][1]


def _steps(peeks: list[Peek]) -> str:
    steps, first = [], 1
    for number, peek in enumerate(peeks):
        steps.append(STEP.format(number=number, rows=peek.wording(first)))
        first += len(peek.times)
    return "".join(steps)


def _literal(value: Any) -> str:
    with connection.cursor() as cursor:
        return str(cursor.mogrify("%s", [value]).decode())
