"""Parts that the portal reads: what an app shows on the pages that cross programmes.

They stand here because every room brings some, and the portal is above all of them. On one page the
parts of all apps are sorted by `place`: the smaller, the higher.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import QuerySet, TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.manifests import parts_of
from diedie_edu.common.peeks import Peek, Peeked, awake


class Placed(Protocol):
    """Whatever has a place on a page."""

    @property
    def place(self) -> int: ...


Row = TypeVar("Row", bound=Placed)
Other = TypeVar("Other", bound=Placed)


@dataclass(frozen=True)
class Entry:
    """A link among others, for those who have the permission (in the programme); without one for
    everybody. `name` is that of its address."""

    place: int
    label: str | Promise
    name: str
    icon: str
    permission: str | None = None
    programme: str | None = None

    @cached_property
    def url(self) -> str:
        return reverse(self.name)

    def is_open_to(self, user: Any) -> bool:
        return self.permission is None or user.may(self.permission, self.programme)


Link = TypeVar("Link", bound=Entry)


class NavEntry(Entry):
    """In the main navigation."""


class DeskGroup(TextChoices):
    """The jobs by which links of staff stand together, in this order."""

    DAILY = "daily", _("Every day")
    PROGRAMMES = "programmes", _("Programmes")
    ROOMS = "rooms", _("Rooms and days")
    PEOPLE = "people", _("Residents and volunteers")
    OFFICE = "office", _("Programme office")
    LISTS = "lists", _("Lists and settings")


@dataclass(frozen=True)
class StaffEntry(Entry):
    """A link for staff, among those of its job; what is daily work stands in front of all."""

    group: DeskGroup = DeskGroup.PROGRAMMES


class DeskEntry(StaffEntry):
    """In the navigation of staff."""


class QuickAction(StaffEntry):
    """What is done most, on the desk."""


@dataclass(frozen=True)
class OfficeEntry(StaffEntry):
    """A tile on the desk of the programme office, and a line of the navigation of staff."""

    group: DeskGroup = DeskGroup.OFFICE


class VolunteerLink(Entry):
    """On "my page" of volunteers who are in the register."""


class Entrance(Entry):
    """Where residents enter a programme. The first one is offered wherever a page is empty."""


@dataclass(frozen=True)
class DutyPage:
    """Where somebody on duty with this work prepares; `name` takes the activity's id."""

    programme: str
    work: str
    label: Promise
    name: str
    icon: str


@dataclass(frozen=True)
class Panel:
    """A section of a page: a template and what it shows."""

    place: int
    template: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """A number on top of the desk; `is_now`: what goes on at this moment, so it stands out."""

    place: int
    number: int
    label: str
    url: str = ""
    note: str = ""
    tone: str = "leaf"
    is_now: bool = False


@dataclass(frozen=True)
class Problem:
    """What a person should look at; the tone "brick" is most pressing."""

    place: int
    text: str
    url: str = ""
    action: str = ""
    tone: str = "amber"


@dataclass(frozen=True)
class Source(Peeked, Generic[Row]):
    """Where rows of a page come from. With `peeks`, `of` is given the reader first and the time
    last, and is called only where a row is there."""

    of: Callable[..., Iterable[Row]]
    peeks: tuple[Peek, ...] = ()


class HomePanels(Source[Panel]):
    """`of(user, now)`; the user may be a visitor."""


class MyPagePanels(Source[Panel]):
    """`of(user, family, now)`: the family are the residents for whom the account acts."""


class OfficePanels(Source[Panel]):
    """A section on the desk of the programme office; `of(user, now)`."""


class AdminPanels(Source[Panel]):
    """A section on the first page of the admin site; `of(user, now)`."""


class DeskFigures(Source[Figure]):
    """`of(user, now)`"""


class DeskProblems(Source[Problem]):
    """`of(user, now)`"""


@dataclass(frozen=True)
class FirstStep:
    """A step of a portal's first day. It is done once `found(now)` finds a row; `name` is that
    of the page where it is done, `args(now)` what its address takes. `code` names the step where a
    community leaves it out."""

    place: int
    code: str
    title: Promise
    text: Promise
    icon: str
    found: Callable[[datetime], QuerySet[Any]]
    name: str
    args: Callable[[datetime], list[Any]] = lambda _now: []
    permission: str | None = None  # what that page asks for besides

    def url(self, now: datetime) -> str:
        """Whoever has done it comes back to the list."""
        return f"{reverse(self.name, args=self.args(now))}?next={reverse('portal:begin')}"


@dataclass(frozen=True)
class PlanData:
    """`load()` adds what is missing of the plan's facts, and leaves what staff have changed."""

    load: Callable[[], None]


def in_place(kind: type[Row]) -> list[Row]:
    return sorted(parts_of(kind), key=lambda row: row.place)


def open_entries(kind: type[Link], user: Any) -> list[Link]:
    """Those of all apps that this reader may open."""
    return [row for row in in_place(kind) if row.is_open_to(user)]


def by_group(entries: Iterable[StaffEntry]) -> dict[DeskGroup, list[StaffEntry]]:
    """Those of each job, without the jobs that have none here."""
    found = list(entries)
    jobs = {group: [row for row in found if row.group == group] for group in DeskGroup}
    return {group: rows for group, rows in jobs.items() if rows}


def rows_of(kind: type[Source[Row]], *facts: Any) -> list[Row]:
    """What all apps bring to a page."""
    return _rows(awake(parts_of(kind), facts[0], facts[-1]), facts)  # type: ignore[arg-type]


def rows_of_both(
    one: type[Source[Row]], other: type[Source[Other]], *facts: Any
) -> tuple[list[Row], list[Other]]:
    """The same of two kinds, with one question whether anything is there."""
    sources = awake([*parts_of(one), *parts_of(other)], facts[0], facts[-1])  # type: ignore[arg-type]
    first = [source for source in sources if isinstance(source, one)]
    return _rows(first, facts), _rows([row for row in sources if row not in first], facts)


def _rows(sources: Iterable[Any], facts: tuple[Any, ...]) -> list[Any]:
    rows = [row for source in sources for row in source.of(*facts)]
    return sorted(rows, key=lambda row: row.place)
