from collections.abc import Collection, Iterator
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.parts import Panel
from diedie_edu.decisions.kinds import Content, DecisionKind, Line
from diedie_edu.decisions.models import Request
from diedie_edu.venues.models import Venue


def lock(number: int) -> Venue:
    return Venue.objects.select_for_update().get(pk=number)


def contents(numbers: Collection[int]) -> dict[int, Content]:
    rows = Venue.objects.filter(pk__in=numbers)
    return {row.pk: {"colour": row.title_zh, "buckets": row.places} for row in rows}


def lines(content: Content) -> Iterator[Line]:
    yield Line("Colour", content["colour"])
    yield Line("Buckets", str(content["buckets"]))
    if content["colour"] == "black":
        yield Line("Mind", "It is dark")


def approve(request: Request, by: User, now: datetime) -> None:
    """What was approved is written beside, so that a test can compare. Pink cannot be had."""
    venue = Venue.objects.get(pk=request.subject)
    if venue.title_zh == "pink":
        raise Refused("sold_out", "Pink is sold out.")
    Venue.objects.filter(pk=venue.pk).update(title_en=f"{venue.title_zh} {venue.places}")


def refuse(request: Request, by: User, now: datetime) -> None:
    Venue.objects.filter(pk=request.subject).update(title_en="left as it is")


def beside(request: Request) -> Panel:
    return Panel(0, "paint/beside.html", {})


OPENED: list[tuple[int, User]] = []  # who looked at what


def opened(request: Request, by: User, now: datetime) -> None:
    OPENED.append((request.subject, by))


FORGOTTEN: list[int] = []

PAINTING = DecisionKind(
    slug="painting",
    title="Painting a hall",
    line="in {colour}",
    permission=Permission.PLAN_ACTIVITIES,
    days=3,
    lock=lock,
    contents=contents,
    lines=lines,
    approve=approve,
    refuse=refuse,
    beside=beside,
    opened=opened,
    change=lambda number: f"/halls/{number}/",
    forget=FORGOTTEN.append,
)
MANIFEST = Manifest(parts=(PAINTING,))
