"""Alerts on zones with too few adults, while they still take place."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from after_school import messages
from after_school.models import ZoneDay
from after_school.queries import roster, sessions
from after_school.rules.sessions import is_step_down
from diedie_edu.notices.actions import cancel, notify

AHEAD = timedelta(hours=30)  # from noon of the day before


def plan_short_staffed(now: datetime) -> int:
    """At every tick: staff and lead, of each zone's day with too few adults and of every adult
    less; again where there were enough in between. How many messages."""
    watched = roster.zones_to_watch(now, now + AHEAD)
    changed = [row for row in watched if _short(row) != row.short_told]
    staff = sessions.staff_to_notify() if changed else []
    return sum(_follow(row, staff, now) for row in changed)


def _short(row: ZoneDay) -> int | None:
    """How many adults there are, where they are too few."""
    filled, needed = row.filled, row.needed  # type: ignore[attr-defined]
    return filled if filled < needed else None


@transaction.atomic
def _follow(row: ZoneDay, staff: Sequence[int], now: datetime) -> int:
    """What was said before is true no more. Of two processes the first says it."""
    told, short = row.short_told, _short(row)
    same = ZoneDay.objects.filter(pk=row.pk, short_told=told)
    if not same.update(short_told=short):
        return 0
    subject, kinds = messages.SESSION.of(row.session_id), [messages.SHORT_STAFFED]
    cancel(subject=subject, kinds=kinds, data={"zone": [row.zone.kind]}, now=now)
    return _notify(row, staff, now) if is_step_down(told, short) else 0


def _notify(row: ZoneDay, staff: Sequence[int], now: datetime) -> int:
    return notify(
        kind=messages.SHORT_STAFFED,
        accounts=staff,
        subject=messages.SESSION.of(row.session_id),
        revision=f"{row.pk}.{now:%Y%m%d%H%M%S}",
        data={
            "zone": row.zone.kind,
            "starts_at": row.occasion.starts_at.isoformat(),
            "venue_zh": row.zone.venue.title_zh,
            "venue_en": row.zone.venue.title_en,
            "filled": row.filled,  # type: ignore[attr-defined]
            "needed": row.needed,  # type: ignore[attr-defined]
        },
        expires_at=row.occasion.ends_at,
        now=now,
    )
