"""指标: named figures, which every app brings; each has one definition and one way to count it.

Pages, charts, exports and summaries read them by `queries.figures` alone, so that a figure is the
same wherever it stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.functional import Promise

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.traits import traits_of
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_by
from diedie_edu.figures.spans import Span

ALL = ""  # all programmes together, beside their slugs
Found = TypeVar("Found")


@dataclass(frozen=True)
class Value:
    """A number, or a part of a `whole`; None where there is nothing to count yet. Money is a
    `Decimal` in yuan."""

    number: int | Decimal | None = None
    whole: int | Decimal | None = None

    def __bool__(self) -> bool:
        return self.number is not None

    def __add__(self, other: "Value") -> "Value":
        return Value(_sum(self.number, other.number), _sum(self.whole, other.whole))

    @property
    def percent(self) -> int | None:
        """How much of the whole it is, rounded; None where there is no whole."""
        return round(100 * self.number / self.whole) if self and self.whole else None  # type: ignore[operator]


NOTHING = Value()
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Topic:
    """What activities of a programme (its slug) are about: the number at the end of their
    `ActivityTraits.topic`."""

    programme: str
    number: int

    def activities(self, path: str) -> Q:
        """Those about it; `path` leads to the activity."""
        return Q(**{f"{path}{traits_of(self.programme).topic}": self.number})


class Sheet:
    """What is read of one span as it stands at `now`, of all activities or of those about a
    `topic`: each query runs once, whatever indicators take from it."""

    def __init__(self, span: Span, now: datetime, topic: Topic | None = None) -> None:
        self.span, self.now, self.topic = span, now, topic
        self._found: dict[Callable[[Sheet], Any], Any] = {}

    @property
    def today(self) -> date:
        return local_day(self.now)

    def about(self, path: str) -> Q:
        """Activities that count; `path` leads to the activity."""
        return self.topic.activities(path) if self.topic else Q()

    def read(self, query: Callable[["Sheet"], Found]) -> Found:
        if query not in self._found:
            self._found[query] = query(self)
        return self._found[query]


def no_target(span: Span) -> int | None:
    """For what nobody has set a number."""
    return None


def page(
    permission: Permission, name: str, query: Callable[[Span], str] = lambda _span: ""
) -> Callable[[User, str, Span], str]:
    """`list_url` for a page that asks for a permission in the programme."""

    def url(user: User, programme: str, span: Span) -> str:
        return reverse(name) + query(span) if user.may(permission, programme or None) else ""

    return url


def no_list(user: User, programme: str, span: Span) -> str:
    """Where no page shows what was counted."""
    return ""


@dataclass(frozen=True)
class Indicator:
    """One figure: `title`, its `definition` in one sentence that cites the clause, and its unit.

    `of(sheet)` gives its values by programme (slug), for ALL too; what is `is_summed` over
    programmes needs none for ALL, people do, for each counts once. `programme` is empty for what
    every programme has. `list_url(user, programme, span)` is the page with what was counted, empty
    where this reader may not open it. Those that are `is_main` stand on the first page. What is
    `is_standing` says how things stand today, so that a year before tells nothing about it.
    """

    slug: str
    title: str | Promise
    definition: str | Promise
    unit: str | Promise
    place: int
    of: Callable[[Sheet], Values]
    programme: str = ""
    is_summed: bool = False
    is_share: bool = False
    is_main: bool = False
    is_standing: bool = False
    target: Callable[[Span], int | Decimal | None] = no_target
    list_url: Callable[[User, str, Span], str] = no_list


@dataclass(frozen=True)
class OwnWay:
    """One programme counts an indicator of all (its slug) by rows of its own."""

    indicator: str
    programme: str
    definition: str | Promise
    of: Callable[[Sheet], Value]
    list_url: Callable[[User, str, Span], str] = no_list


@dataclass(frozen=True)
class Comings:
    """Who comes to a programme, where attendance does not say it.

    `rows(span)` are pairs of a resident's id and a number of visits; None for the id where nobody
    knows who it was: those are visits, never people. `at_occasion` gives their number at an
    occasion, none of them null.
    """

    programme: str
    rows: Callable[[Span], "QuerySet[Any, Any]"]
    at_occasion: Callable[[], Combinable]


def indicator(slug: str) -> Indicator:
    """Raises `KeyError` for one that no app brings."""
    return parts_by(Indicator, "slug")[slug]


def in_programme(programme: str, count: Callable[[Sheet], Value]) -> Callable[[Sheet], Values]:
    """`Indicator.of` for what a single programme counts."""
    return lambda sheet: {programme: count(sheet)}


def _sum(one: int | Decimal | None, other: int | Decimal | None) -> int | Decimal | None:
    known = [number for number in (one, other) if number is not None]
    return sum(known) if known else None
