"""May a bed be dug? The lead of the garden decides."""

from collections.abc import Collection, Iterator
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.decisions.kinds import Content, DecisionKind, Line
from diedie_edu.decisions.models import Request
from tests.fifth_programme.models import Gardening


def lock(number: int) -> Gardening:
    return Gardening.objects.select_for_update().get(pk=number)


def contents(numbers: Collection[int]) -> dict[int, Content]:
    return {row.pk: {"title": row.title} for row in Gardening.objects.filter(pk__in=numbers)}


def lines(content: Content) -> Iterator[Line]:
    yield Line("Bed", content["title"])


def approve(request: Request, by: User, now: datetime) -> None:
    Gardening.objects.filter(pk=request.subject).update(crop="as asked")


DIGGING = DecisionKind(
    slug="digging",
    title="Digging a bed",
    line="{title}",
    permission=Permission.PLAN_ACTIVITIES,
    days=3,
    lock=lock,
    contents=contents,
    lines=lines,
    approve=approve,
)
