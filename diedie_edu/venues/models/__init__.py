from diedie_edu.venues.models.bookings import Booking
from diedie_edu.venues.models.days import SpecialDay
from diedie_edu.venues.models.venues import ClosedTime, OpeningHours, Venue

__all__ = ["Booking", "ClosedTime", "OpeningHours", "SpecialDay", "Venue"]
