"""Reads that more than one door needs."""

from diedie_edu.activities.queries.duties import clashes
from diedie_edu.activities.queries.occasions import (
    calendar,
    duties_at,
    occasions_between,
    occasions_standing,
    people_at,
    people_to_tell,
    sign_ups_at,
)
from diedie_edu.activities.queries.sign_ups import (
    live_sign_up,
    queue_positions,
    seated,
    waiting_count,
)

__all__ = [
    "calendar",
    "clashes",
    "duties_at",
    "live_sign_up",
    "occasions_between",
    "occasions_standing",
    "people_at",
    "people_to_tell",
    "queue_positions",
    "seated",
    "sign_ups_at",
    "waiting_count",
]
