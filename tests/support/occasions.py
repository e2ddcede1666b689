"""Short hands for tests about where occasions stand: in bookings, from which they take it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.venues.models import Booking, Venue


def make_occasion(
    activity: Activity, venue: Venue, starts_at: datetime, ends_at: datetime
) -> Occasion:
    """In a room that holds it, past every rule."""
    times = {"starts_at": starts_at, "ends_at": ends_at}
    held = {"purpose": activity.title, "programme": activity.programme}
    booking = Booking.objects.create(venue=venue, **held, **times)
    occasion = Occasion.at(booking, activity)
    occasion.save()
    return occasion


def rebook(occasions: QuerySet[Occasion] | None = None, **values: Any) -> None:
    """Other times, another room or `is_off` for these occasions, or for all, past every rule."""
    if "venue" in values:
        values["ground"] = values["venue"].whole_id
    found = Occasion.objects.all() if occasions is None else occasions
    Booking.objects.filter(occasion__in=found).update(**values)
