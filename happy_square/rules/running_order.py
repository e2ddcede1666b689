"""When each item of a festival begins, and what does not work out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from happy_square.models import FestivalItem
from happy_square.models.festivals import LONGEST


@dataclass(frozen=True)
class Slot:
    """An item with its times; `too_soon` is the item of the same group after which it has not
    the time to change."""

    number: int
    item: FestivalItem
    starts_at: datetime
    ends_at: datetime
    too_soon: FestivalItem | None = None


def running_order(
    items: Iterable[FestivalItem], starts_at: datetime, changing_minutes: int
) -> list[Slot]:
    """House rule: one after the other from the beginning; whoever moves, the others follow."""
    slots: list[Slot] = []
    last_of: dict[int, Slot] = {}
    changing = timedelta(minutes=changing_minutes)
    for number, item in enumerate(items, start=1):
        before = last_of.get(item.invitation_id) if item.invitation_id else None
        too_soon = before.item if before and starts_at - before.ends_at < changing else None
        ends_at = starts_at + timedelta(minutes=item.minutes)
        slots.append(Slot(number, item, starts_at, ends_at, too_soon))
        if item.invitation_id:
            last_of[item.invitation_id] = slots[-1]
        starts_at = ends_at
    return slots


def minutes_over(slots: Sequence[Slot], ends_at: datetime) -> int:
    """By how many minutes the items run beyond the end of the festival, 0 where they do not."""
    over = slots[-1].ends_at - ends_at if slots else timedelta()
    return max(0, int(over.total_seconds() // 60))


def check_minutes(minutes: int) -> None:
    """House rule: an item takes from one minute to two hours."""
    if not 1 <= minutes <= LONGEST:
        words = _("An item takes from 1 to %(longest)s minutes.") % {"longest": LONGEST}
        raise Refused("minutes", words, "minutes")
