"""The notices of rooms. Data: the number of what they are about, and a booking's facts."""

from typing import Any

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import MOMENT, TITLE
from diedie_edu.venues.models import Booking, RoomRequest

REQUEST = Subject("room_request", RoomRequest)
BOOKING = Subject("booking", Booking)

FACTS = {"title": TITLE, "starts_at": MOMENT}

URGENT = Kind(
    code="venues.request_urgent",
    title=_("A room request is still unanswered: {title}"),
    body=_(
        "{title} asks for {venue} on {starts_at}. If nobody answers before that, the request ends "
        "and the room is free. Please decide now."
    ),
    sms=_("Please decide now: {title}, {starts_at}."),
    variables=FACTS,
    link="/desk/decisions/{request}/",
)
ENDED = Kind(
    code="venues.request_ended",
    title=_("Nobody answered in time: {title}"),
    body=_(
        "We are sorry: your request for {venue} on {starts_at} was not answered before its time, "
        "so it has ended. Please ask anew; the page shows when the room is free."
    ),
    sms=_("Not answered in time: {title}, {starts_at}."),
    variables=FACTS,
    link="/rooms/requests/{request}/",
)


def booking_data(booking: Booking, **more: Any) -> dict[str, Any]:
    """What a notice about a booking is rendered from."""
    return {
        "title": booking.purpose,
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
        "venue_zh": booking.venue.title_zh,
        "venue_en": booking.venue.title_en,
        **more,
    }
