"""A room request for the walk of `test_access.py`, and what its addresses name."""

from datetime import timedelta

from diedie_edu.accounts.models import User
from diedie_edu.common.links import token
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import requests
from diedie_edu.venues.models import Booking, Displacement, RoomCheck, RoomRequest, Venue
from tests.conftest import NOW


def make_room_request(by: User) -> RoomRequest:
    """Of the residents' school, with two dates far ahead; nobody who knocks has asked."""
    venue = Venue.objects.create(title_zh="会客室", places=20)
    programme = Programme.objects.get(slug="residents-school")
    starts = [NOW + timedelta(days=days) for days in (90, 97)]
    wanted = [Booking(venue=venue, starts_at=at, ends_at=at + timedelta(hours=1)) for at in starts]
    make_displaced(venue, programme, by)
    wish = requests.Wish(whose="居民学校", purpose="备课会", programme=programme)
    return requests.reserve(wish=wish, wanted=wanted, by=by, now=NOW)


def make_displaced(venue: Venue, programme: Programme, by: User) -> Displacement:
    """What somebody had asked for gave way; the link is theirs."""
    times = {"starts_at": NOW + timedelta(days=80), "ends_at": NOW + timedelta(days=80, hours=1)}
    wish = requests.Wish(whose="居民学校", purpose="读书会", programme=programme)
    asked = requests.reserve(wish=wish, wanted=[Booking(venue=venue, **times)], by=by, now=NOW)
    gave_way = asked.bookings.get()
    asked.bookings.update(is_off=True)
    gained = Booking.objects.create(venue=venue, purpose="讲座", programme=programme, **times)
    about = {"gained": gained, "programme": programme, "reason": "反诈日", "by": by, "at": NOW}
    RoomCheck.objects.create(booking=gained, asked_at=NOW)
    return Displacement.objects.create(booking=gave_way, **about)


def room_values(name: str) -> dict[str, object]:
    """What stands in the addresses of rooms."""
    dates = RoomRequest.objects.latest("pk").bookings
    row, gave_way = RoomRequest.objects.latest("pk"), Displacement.objects.get()
    check = RoomCheck.objects.get()
    link = token("displacement", gave_way.pk, gave_way.by_id)
    if name == "venues:there":
        link = token("room_check", check.pk)
    if name == "venues:empty_room":
        row = check
    return {"token": link, "pk": row.pk, "booking": dates.earliest("pk").pk}
