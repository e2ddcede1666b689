"""Alerts on zones with too few adults, while they still take place."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from after_school import messages
from after_school.models import ZoneDay
from after_school.queries import roster, sessions
from diedie_edu.notices.actions import notify
from diedie_edu.notices.models import Channel

AHEAD = timedelta(hours=30)  # from noon of the day before


def plan_short_staffed(now: datetime) -> int:
    """At every tick: those who run the programme, once for each zone's day."""
    short = list(roster.short_zones(now, now + AHEAD))
    staff = sessions.staff_to_notify() if short else []
    return sum(_notify(row, staff, now) for row in short)


def _notify(row: ZoneDay, staff: Sequence[int], now: datetime) -> int:
    return notify(
        kind=messages.SHORT_STAFFED,
        accounts=staff,
        subject=messages.SESSION.of(row.session_id),
        revision=row.pk,
        data={
            "zone": row.zone.kind,
            "starts_at": row.occasion.starts_at.isoformat(),
            "filled": row.filled,  # type: ignore[attr-defined]
            "needed": row.needed,  # type: ignore[attr-defined]
        },
        channels=[Channel.INBOX],
        expires_at=row.occasion.ends_at,
        now=now,
    )
