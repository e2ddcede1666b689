"""The notices of rooms. Data: the number of what they are about, and a booking's facts."""

from typing import Any

from django.utils.translation import gettext_noop as _

from diedie_edu.decisions.messages import REQUESTS
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import Subject
from diedie_edu.notices.text_messages import MOMENT, TITLE, VENUE
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
    sort=REQUESTS,
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

BOOKING_MOVED = Kind(
    code="venues.booking_moved",
    title=_("Another time or room: {title}"),
    body=_(
        "A room is closed ({reason}), so “{title}” has been moved: {starts_at}, {venue}. Please "
        "tell us if that does not suit you."
    ),
    sms=_("Room closed; {title} is now on {starts_at}, {venue}."),
    variables=FACTS | {"venue": VENUE},
)
BOOKING_OFF = Kind(
    code="venues.booking_off",
    title=_("The room is closed: {title}"),
    body=_(
        "We are sorry: {venue} is closed ({reason}), so the booking of {starts_at} for “{title}” "
        "has been called off. Please ask for another time or room."
    ),
    sms=_("Room closed, so {title} on {starts_at} is off."),
    variables=FACTS,
    link="/rooms/",
)


DISPLACED = Kind(
    code="venues.displaced",
    title=_("The room is needed by others: {title}"),
    body=_(
        "{title} on {starts_at} at {venue} has to give way to “{gained}”. The reason: {reason}. We "
        "are sorry. Other times kept for you until {held_until_at}: {number}. Choose one in one "
        "tap, or let them go."
    ),
    sms=_("Gives way: {title}, {starts_at}. Other times:"),
    variables=FACTS,
    link="/rooms/held/{displacement_token}/",
)
DISPLACED_WITHOUT = Kind(
    code="venues.displaced_without",
    title=_("The room is needed by others: {title}"),
    body=_(
        "{title} on {starts_at} at {venue} has to give way to “{gained}”. The reason: {reason}. We "
        "are sorry, and found no other time within two weeks. Please ask for another room."
    ),
    sms=_("Gives way to others: {title}, {starts_at}."),
    variables=FACTS,
    link="/rooms/held/{displacement_token}/",
)

ARE_YOU_THERE = Kind(
    code="venues.are_you_there",
    title=_("Are you there? {title}"),
    body=_(
        "{title} at {venue} has begun, and nobody has been counted. If you are there, one tap says "
        "so. If nobody comes, others could use the room."
    ),
    sms=_("Are you there? {title}, {starts_at}. Say yes:"),
    variables=FACTS,
    link="/rooms/there/{room_check_token}/",
)
FOUND_EMPTY = Kind(
    code="venues.found_empty",
    title=_("The room was empty: {title}"),
    body=_(
        "Somebody of the community looked: nobody was at {venue} for {title} on {starts_at}, so "
        "the room is given to others on that day. All other dates stay."
    ),
    sms=_("Room found empty and freed: {title}, {starts_at}."),
    variables=FACTS,
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
