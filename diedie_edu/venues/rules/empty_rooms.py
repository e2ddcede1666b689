"""When a room that nobody came to is given to others."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.venues.models import Booking, RoomCheck


def begun_before(now: datetime) -> datetime:
    """What began by then, and where nobody has been counted, is asked about."""
    return now - timedelta(minutes=settings.RELEASE_MINUTES)


def check_can_be_freed(row: RoomCheck, booking: Booking, is_counted: bool, now: datetime) -> None:
    """House rule: a room is freed while its time lasts, where its leader was asked and has not
    said yes, nobody was counted, and somebody sees that it stands empty; never a 4:30 session.

    Raises `Refused` (`there`, `over`).
    """
    if row.there_at or is_counted:
        raise Refused("there", _("Somebody is there after all, so the room stays theirs."))
    if booking.is_off or booking.ends_at <= now:
        raise Refused("over", _("This is over, or free already."))


def check_can_say_there(row: RoomCheck, booking: Booking, now: datetime) -> None:
    """House rule: whoever is there says so before the room is given away. Raises `Refused`."""
    if row.empty_at or booking.is_off:
        raise Refused("freed", _("The room was found empty and is free for others now."))
    if booking.ends_at <= now:
        raise Refused("over", _("This is over. Thank you all the same."))
