"""What programmes bring to the programme office, and what its nouns bring to each other's pages."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from diedie_edu.common.parts import Panel, Source
from diedie_edu.office.models import Version


@dataclass(frozen=True)
class LiaisonSide:
    """With which side (`models.Side`) the plan has a programme liaise (facts 1)."""

    programme: str
    side: str


@dataclass(frozen=True)
class RuleReaders:
    """Those who confirm the rules of a programme: `accounts(now)` are their numbers.

    `page` names the address where they read and confirm them. Whoever is `asked` has until a set
    day and is reminded; others confirm before they go on, such as before their next duty.
    """

    programme: str
    label: Promise
    page: str
    accounts: Callable[[datetime], QuerySet[Any, int | None]]
    asked: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """What a programme's own pages promise and spend on an item of a budget, in yuan."""

    promised: Decimal
    spent: Decimal


@dataclass(frozen=True)
class MoneyRow:
    """One of the rows behind it, in words, and the page where it is kept."""

    text: str
    amount: Decimal
    state: str
    url: str


@dataclass(frozen=True)
class MoneySource:
    """Money that a programme promises and pays on pages of its own, so that nobody enters it twice:
    grants, what a group is given. It is read live.

    `of(items)` are the sums by the numbers of the items they are linked to; `rows(item)` what
    stands behind one.
    """

    of: Callable[[Collection[int]], Mapping[int, Elsewhere]]
    rows: Callable[[int], Iterable[MoneyRow]]


@dataclass(frozen=True)
class VersionSection:
    """A section of the page of a version, for documents of these works; the template also reads
    `version` and `writes` (whether the reader changes this draft) from the page."""

    place: int
    works: tuple[str, ...]
    template: str
    facts: Callable[[Version, datetime], dict[str, Any]]


@dataclass(frozen=True)
class CampaignLine:
    """One campaign of a year: `state` is "done", "late", "due" or "ahead"."""

    title: str
    first_day: date
    last_day: date
    state: str


@dataclass(frozen=True)
class Campaigns:
    """A programme whose plan and money the party committee makes (plan 六): it owes no documents,
    but its campaigns; `of(year, now)`. `title` says so: 党委统一安排."""

    programme: str
    title: Promise
    of: Callable[[int, datetime], Iterable[CampaignLine]]


class BoardPanels(Source[Panel]):
    """A section under the duty board; `of(user, year, now)`."""
