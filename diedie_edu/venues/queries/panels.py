"""Rooms on the pages that cross programmes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.parts import Panel
from diedie_edu.people.models import Resident
from diedie_edu.venues.holders import askers_of
from diedie_edu.venues.models import RoomRequest
from diedie_edu.venues.queries import requests

SHOWN = 5


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """For whoever leads something: the rooms they have asked for, and asking for another."""
    if askers_of(user):
        own = RoomRequest.objects.filter(asked_by=user)
        rows = requests.standing(own, now, is_past=False)[:SHOWN]
        yield Panel(46, "venues/my_requests.html", {"requests": rows})
