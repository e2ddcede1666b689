"""To which programme a row belongs: said once, on its model, as `belongs`.

All that is narrowed by programme is read from there: the right to one object (`User.has_perm`),
and lists, searches, choices, filters, history, imports and exports of the admin site
(`accounts.admin_base`) and the look-ups of our own pages (`within`). It stands on the model,
because pages and the admin site must not differ, and a child model takes it from its parent.

A role holds in some `scopes`: slugs of programmes, or `EVERYWHERE`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Manager, Model, Q, QuerySet

EVERYWHERE = ""
Row = TypeVar("Row", bound=Model)


class Shared:
    """Rows of no programme: whoever has a right somewhere has it for them."""

    def slug_of(self, row: object) -> str | None:
        """The programme of a row or, where all rows have the same, of a model; None for any."""
        return None

    def at(self, scopes: Collection[str]) -> Q:
        """Rows for which a right in `scopes` counts."""
        return Q()


SHARED = Shared()


@dataclass(frozen=True)
class Always(Shared):
    """All rows belong to the programme `slug`."""

    slug: str

    def slug_of(self, row: object) -> str:
        return self.slug

    def at(self, scopes: Collection[str]) -> Q:
        return Q() if counts_at(self.slug, scopes) else Q(pk__in=[])


@dataclass(frozen=True)
class Along(Shared):
    """A row belongs to the programme whose slug stands at the end of `path`.

    A row without a programme is left to those whose right holds everywhere.
    """

    path: str

    def slug_of(self, row: object) -> str | None:
        if isinstance(row, type):
            return None
        try:
            return attrgetter(self.path.replace("__", "."))(row)
        except AttributeError:
            return EVERYWHERE

    def at(self, scopes: Collection[str]) -> Q:
        return Q() if EVERYWHERE in scopes else Q(**{f"{self.path}__in": scopes})


def counts_at(slug: str, scopes: Collection[str]) -> bool:
    """Whether a right in `scopes` counts at a programme."""
    return slug in scopes or EVERYWHERE in scopes


def belonging(of: object) -> Shared:
    """What a model says of itself; `of` is it or a row. Other people's models are shared."""
    return getattr(of, "belongs", SHARED)


def within(rows: "QuerySet[Row] | Manager[Row]", scopes: Collection[str]) -> QuerySet[Row]:
    """Those that belong to where a right holds."""
    return rows.filter(belonging(rows.model).at(scopes))


def is_within(of: Any, scopes: Collection[str]) -> bool:
    """Whether a right in `scopes` counts for a row; for a model, whether it does for any row."""
    if EVERYWHERE in scopes:
        return True
    slug = belonging(of).slug_of(of)
    return bool(scopes) if slug is None else slug in scopes
