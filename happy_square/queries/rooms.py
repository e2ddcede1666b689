"""Groups in rooms, for whoever gives rooms out and frees them (`venues.holders`)."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.venues.holders import Answerable, Asker, Askers, Counted
from diedie_edu.venues.models import Booking
from happy_square.models import Group, Leadership, MeetUp
from happy_square.models.groups import PROGRAMME
from happy_square.queries.groups import run_by


def led_by(bookings: Collection[int]) -> list[tuple[int, int]]:
    """Pairs of a group's booking and the account of who leads it (ids)."""
    now = Leadership.objects.filter(ended_at=None, resident__account__isnull=False)
    met = now.filter(group__occasions__booking__in=bookings)
    return list(met.order_by().values_list("group__occasions__booking", "resident__account"))


def counted(bookings: Collection[int]) -> list[int]:
    rows = MeetUp.objects.filter(occasion__booking__in=bookings, counted_at__isnull=False)
    return list(rows.order_by().values_list("occasion__booking", flat=True))


def groups_of(user: User) -> list[Asker]:
    """Those an account may run, to ask for their rooms, where they meet at present."""
    rows = run_by(user).filter(standing=Group.Standing.ACTIVE).order_by("title")
    return [Asker(key_of(pk), title, PROGRAMME) for pk, title in rows.values_list("pk", "title")]


def key_of(group: int | str) -> str:
    return f"group:{group}"


def lent_to(group: int, now: datetime) -> QuerySet[Booking]:
    """Rooms ahead that a group asked for beside its dates."""
    return Booking.objects.filter(
        request__asker=key_of(group), occasion=None, is_off=False, starts_at__gt=now
    )


ROOMS = (Answerable(led_by, are_there=True), Askers(groups_of), Counted(counted))
