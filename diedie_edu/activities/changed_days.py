"""What a programme does when dates of its change, beside what is done in every programme."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Occasion
from diedie_edu.common.manifests import parts_of


@dataclass(frozen=True)
class OwnWords:
    """A programme (its slug) that tells those signed up itself, and keeps its own log.

    `called_off(occasions' ids, reason, by, now)` and `held_again(occasions' ids, by, now)` run
    in the transaction, when it is done; both are given occasions of this programme alone.
    """

    programme: str
    called_off: Callable[[Collection[int], str, User, datetime], None]
    held_again: Callable[[Collection[int], User, datetime], None]


def with_own_words(occasions: Collection[int]) -> dict[OwnWords, list[int]]:
    """Those of these occasions (ids) of which a programme tells in its own words."""
    found = {row: Occasion.objects.filter(pk__in=occasions) for row in parts_of(OwnWords)}
    ids = {
        row: list(rows.filter(activity__programme__slug=row.programme).values_list("pk", flat=True))
        for row, rows in found.items()
    }
    return {row: numbers for row, numbers in ids.items() if numbers}
