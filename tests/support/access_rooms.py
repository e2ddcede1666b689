"""A room request for the walk of `test_access.py`, and what its addresses name."""

from datetime import timedelta

from diedie_edu.accounts.models import User
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import requests
from diedie_edu.venues.models import Booking, RoomRequest, Venue
from tests.conftest import NOW


def make_room_request(by: User) -> RoomRequest:
    """Of the residents' school, with two dates far ahead; nobody who knocks has asked."""
    venue = Venue.objects.create(title_zh="会客室", places=20)
    programme = Programme.objects.get(slug="residents-school")
    starts = [NOW + timedelta(days=days) for days in (90, 97)]
    wanted = [Booking(venue=venue, starts_at=at, ends_at=at + timedelta(hours=1)) for at in starts]
    wish = requests.Wish(whose="居民学校", purpose="备课会", programme=programme)
    return requests.reserve(wish=wish, wanted=wanted, by=by, now=NOW)


def room_values(name: str) -> dict[str, object]:
    """What stands in the addresses of rooms."""
    row = RoomRequest.objects.earliest("pk")
    return {"pk": row.pk, "booking": row.bookings.earliest("pk").pk}
