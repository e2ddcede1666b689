"""From when people are in at an occasion."""

from datetime import datetime, timedelta

from django.conf import settings

from diedie_edu.activities.models import Occasion


def door_opens_at(occasion: Occasion) -> datetime:
    return occasion.starts_at - timedelta(minutes=settings.DOOR_OPENS_MINUTES)


def is_before_the_door(occasion: Occasion, now: datetime) -> bool:
    """House rule: nobody is in before the door opens, DOOR_OPENS_MINUTES before the start."""
    return now < door_opens_at(occasion)
