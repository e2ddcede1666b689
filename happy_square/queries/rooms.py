"""Groups in rooms, for whoever gives rooms out and frees them (`venues.holders`)."""

from collections.abc import Collection

from diedie_edu.accounts.models import User
from diedie_edu.venues.holders import Answerable, Asker, Askers, Counted
from happy_square.models import Leadership, MeetUp
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
    """Those an account may run, to ask for their rooms."""
    rows = run_by(user).order_by("title").values_list("pk", "title")
    return [Asker(f"group:{pk}", title, PROGRAMME) for pk, title in rows]


ROOMS = (Answerable(led_by, are_there=True), Askers(groups_of), Counted(counted))
