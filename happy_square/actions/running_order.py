"""What is shown at a festival, and in which order; the festival's row is locked first."""

from dataclasses import asdict, dataclass
from datetime import datetime
from zlib import crc32

from django.db import transaction
from django.db.models import Max

from diedie_edu.activities.actions.offers import lock_activity
from diedie_edu.activities.messages import occasion_data
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import span_text
from diedie_edu.notices.actions import notify
from happy_square import festival_messages
from happy_square.models import Festival, FestivalInvitation, FestivalItem
from happy_square.queries.festivals import leaders_of, order_of, taking_part
from happy_square.rules.festivals import check_is_ahead, check_takes_part
from happy_square.rules.running_order import Slot, check_minutes


@dataclass(frozen=True)
class ItemPlan:
    title: str
    minutes: int
    invitation: FestivalInvitation | None = None
    needs: str = ""


@transaction.atomic
def add_item(*, festival: Festival, plan: ItemPlan, now: datetime) -> FestivalItem:
    """Behind all others. Raises `Refused` where the group does not take part."""
    _check(festival, plan, now)
    last = festival.items.aggregate(last=Max("place"))["last"] or 0
    return FestivalItem.objects.create(festival=festival, place=last + 1, **_columns(plan))


@transaction.atomic
def change_item(*, item: FestivalItem, plan: ItemPlan, now: datetime) -> None:
    _check(item.festival, plan, now)
    FestivalItem.objects.filter(pk=item.pk).update(**_columns(plan))


@transaction.atomic
def remove_item(*, item: FestivalItem, now: datetime) -> None:
    """Removing twice is harmless."""
    _lock(item.festival, now)
    FestivalItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def move_item(*, item: FestivalItem, up: bool, now: datetime) -> None:
    """One place earlier or later; the first and the last stay where they are."""
    _lock(item.festival, now)
    own = FestivalItem.objects.get(pk=item.pk)
    others = FestivalItem.objects.filter(festival=item.festival_id)
    before = others.filter(place__lt=own.place).order_by("-place")
    other = (before if up else others.filter(place__gt=own.place).order_by("place")).first()
    if other is not None:
        own.place, other.place = other.place, own.place
        FestivalItem.objects.bulk_update([own, other], ["place"])


@transaction.atomic
def send_running_order(*, festival: Festival, now: datetime) -> int:
    """Tell each group that takes part when it is on; how many messages are new. Who has been told
    the same already is not told again."""
    _lock(festival, now)
    slots = order_of(festival)
    return sum(_tell(row, slots, festival.occasion, now) for row in taking_part(festival))


def _tell(
    invitation: FestivalInvitation, slots: list[Slot], occasion: Occasion, now: datetime
) -> int:
    own = (slot for slot in slots if slot.item.invitation_id == invitation.pk)
    words = " · ".join(f"{span_text(one.starts_at, one.ends_at)} {one.item.title}" for one in own)
    return notify(
        kind=festival_messages.FESTIVAL_ORDER,
        recipients=leaders_of([invitation.group_id]),
        subject=festival_messages.FESTIVAL_INVITATION.of(invitation.pk),
        revision=f"{occasion.revision}.{crc32(words.encode())}",
        data=occasion_data(occasion, performer=invitation.group.title, items=words),
        now=now,
        expires_at=occasion.ends_at,
    )


def _check(festival: Festival, plan: ItemPlan, now: datetime) -> None:
    _lock(festival, now)
    check_minutes(plan.minutes)
    if plan.invitation is not None:
        check_takes_part(plan.invitation)


def _lock(festival: Festival, now: datetime) -> None:
    check_is_ahead(lock_activity(festival.pk), festival.occasions.get().starts_at, now)


def _columns(plan: ItemPlan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in asdict(plan)}
