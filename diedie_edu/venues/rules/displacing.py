"""优先使用: which booking gives way to which programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.community.waking import awake_after, before_the_night
from diedie_edu.venues.models import Booking, Displacement

# So long other times are kept for whoever gave way, a day without its night, and so many of them.
HELD_FOR = timedelta(hours=13)
HELD_TIMES = 3


@dataclass(frozen=True)
class Ranks:
    """Who comes first in a room: ranks by programme (id), 1 comes first."""

    by_programme: Mapping[int, int]

    def comes_before(self, one: int, other: int | None) -> bool:
        """Whether a programme has a rank, and the other none or a later one."""
        rank = self.by_programme.get(one)
        later = self.by_programme.get(other) if other else None
        return rank is not None and (later is None or rank < later)


def can_claim(user: User, programme: str) -> bool:
    """House rule: staff, and whoever leads the programme (its slug) that gains the room."""
    gains = user.may(Permission.PLAN_ACTIVITIES, programme)
    return gains or user.may(Permission.KEEP_CALENDAR)


def check_may_claim(user: User, programme: str) -> None:
    """House rule: nobody else takes a room from others. Raises `Refused`."""
    if not can_claim(user, programme):
        raise Refused("not_yours", _("Only staff and the programme's lead can do this."))


def check_claim(wanted: Booking, now: datetime) -> None:
    """House rule: a room is claimed for a time ahead."""
    if wanted.ends_at <= wanted.starts_at:
        raise Refused("ends_early", _("The end must come after the beginning."), "ends")
    if wanted.starts_at <= now:
        raise Refused("past", _("Please choose a time that lies ahead."), "day")


def check_gives_way(row: Booking, gaining: int, ranks: Ranks, now: datetime) -> None:
    """House rule: only what comes later in the room gives way, some days before; never the 4:30
    school, nor what is kept for somebody who gave way already. `gaining` is a programme (id).

    Raises `Refused` (`fixed`, `held`, `rank`, `late`).
    """
    if row.is_fixed:
        raise Refused("fixed", _("The 4:30 school never gives way."))
    if row.held_until:
        raise Refused("held", _("This time is kept for somebody who gave way already."))
    if not ranks.comes_before(gaining, row.programme_id):
        raise Refused("rank", _("The programme does not come first in this room."))
    days = row.venue.displace_days
    if row.starts_at <= now or (local_day(row.starts_at) - local_day(now)).days < days:
        words = {"days": days}
        raise Refused("late", _("It is too late: only up to %(days)s days before.") % words)


def held_until(starts_at: datetime, now: datetime) -> datetime:
    """House rule: for HELD_FOR of waking time, no longer than until it begins, and never to an end
    at night."""
    return min(awake_after(now, HELD_FOR), before_the_night(starts_at))


def is_kept(hold: Booking | None, now: datetime) -> bool:
    """House rule: a kept time can be taken until its end, to the second."""
    return hold is not None and hold.held_until is not None and now < hold.held_until


def check_is_kept(hold: Booking | None, now: datetime) -> None:
    """House rule: what has gone back is asked for anew. Raises `Refused` (`gone`)."""
    if not is_kept(hold, now):
        raise Refused("gone", _("This time is not kept for you any more. Please ask for a room."))


def check_not_settled(displacement: Displacement) -> None:
    """House rule: another time is chosen once. Raises `Refused` (`settled`)."""
    if displacement.settled_at:
        raise Refused("settled", _("This has been settled already."))
