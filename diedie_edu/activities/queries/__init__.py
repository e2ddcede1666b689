"""Reads that more than one door needs."""

from diedie_edu.activities.queries.duties import clashes
from diedie_edu.activities.queries.occasions import (
    calendar,
    duties_at,
    next_occasion,
    occasions_between,
    occasions_standing,
    people_at,
    people_to_tell,
    sign_ups_at,
)
from diedie_edu.activities.queries.offers import (
    activities_with_places_to_pass_on,
    lapsed_offers,
    offer_expires_at,
    queue_of,
)
from diedie_edu.activities.queries.sign_ups import (
    companions,
    live_sign_up,
    people_ahead,
    place_of,
    seated,
    waiting_count,
)

__all__ = [
    "activities_with_places_to_pass_on",
    "calendar",
    "clashes",
    "companions",
    "duties_at",
    "lapsed_offers",
    "live_sign_up",
    "next_occasion",
    "occasions_between",
    "occasions_standing",
    "offer_expires_at",
    "people_ahead",
    "people_at",
    "people_to_tell",
    "place_of",
    "queue_of",
    "seated",
    "sign_ups_at",
    "waiting_count",
]
