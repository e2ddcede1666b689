"""The list of endings outside the database, and what is on it ended anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from diedie_edu.common.endings import BACK
from diedie_edu.common.errors import Refused
from diedie_edu.keeping.actions.ending_list import add
from diedie_edu.keeping.actions.listing import kinds
from diedie_edu.keeping.models import Ending

BATCH = 500
ROUNDS = 3  # what rests on something that ends later is tried again


@transaction.atomic
def carry(*, now: datetime) -> int:
    """Write what is new into the file, on the disk before it counts as carried; how many. Cut off
    in between, it is written twice, which changes nothing. A second worker waits at the first row,
    for two that write at once would write over each other."""
    waiting = Ending.objects.filter(carried_at=None).select_for_update()
    rows = list(waiting[:BATCH])
    if rows:
        add(rows, now)
        Ending.objects.filter(pk__in=[row.pk for row in rows]).update(carried_at=now)
    return len(rows)


# --- Ending anew -----------------------------------------------------------------------


@dataclass
class EndedAgain:
    """How many of each kind ended anew, and what could not: kind, number and why."""

    counts: dict[str, int] = field(default_factory=dict)
    left: list[tuple[str, int, str]] = field(default_factory=list)


def end_again(*, found: Iterable[Ending], now: datetime) -> EndedAgain:
    """End anew what ended after the state of this database: of `found` whatever it does not know.
    What it knows that is not on the file's list will be carried there again."""
    rows = {str(row.mark): row for row in found}
    known = {str(mark) for mark in Ending.objects.values_list("mark", flat=True)}
    Ending.objects.exclude(mark__in=rows).update(carried_at=None)
    new = [row for mark, row in rows.items() if mark not in known]
    Ending.objects.bulk_create(
        [
            Ending(
                mark=row.mark,
                at=row.at,
                kind=row.kind,
                number=row.number,
                how=row.how,
                carried_at=now,
            )
            for row in new
        ],
        batch_size=BATCH,
    )
    done, waiting = EndedAgain(), _last_words(new)
    for _round in range(ROUNDS):
        done.left = list(_each(waiting, done, now))
        again = {(kind, number) for kind, number, _why in done.left}
        waiting = [row for row in waiting if (row.kind, row.number) in again]
    return done


def _last_words(rows: Iterable[Ending]) -> list[Ending]:
    """Of several endings of one row the last one counts, and none where it lives again."""
    order = {kind.kind: place for place, kind in enumerate(kinds())}
    last = {(row.kind, row.number or row.how): row for row in rows if row.kind in order}
    return sorted(
        (row for row in last.values() if row.how != BACK), key=lambda row: order[row.kind]
    )


def _each(
    rows: Iterable[Ending], done: EndedAgain, now: datetime
) -> Iterator[tuple[str, int, str]]:
    """Each by itself; what may not be is told, with why."""
    again = {kind.kind: kind.again for kind in kinds()}
    for row in rows:
        try:
            with transaction.atomic():
                ended = again[row.kind](row.number, row.how, now)
                _check_all_keys()
        except (Refused, IntegrityError) as error:
            yield row.kind, row.number, getattr(error, "code", type(error).__name__)
        else:
            done.counts[row.kind] = done.counts.get(row.kind, 0) + ended


def _check_all_keys() -> None:
    """Now, so that what does not go is this ending and not the whole restore."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
