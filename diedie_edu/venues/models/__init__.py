from diedie_edu.venues.models.bookings import Booking
from diedie_edu.venues.models.days import CompleteYear, SpecialDay
from diedie_edu.venues.models.displacing import Displacement, RoomPriority
from diedie_edu.venues.models.empty_rooms import RoomCheck
from diedie_edu.venues.models.requests import RoomRequest
from diedie_edu.venues.models.venues import ClosedTime, MusicHours, OpeningHours, Venue

__all__ = [
    "Booking",
    "ClosedTime",
    "CompleteYear",
    "Displacement",
    "MusicHours",
    "OpeningHours",
    "RoomCheck",
    "RoomPriority",
    "RoomRequest",
    "SpecialDay",
    "Venue",
]
