from diedie_edu.activities.models.activities import Activity, Occasion
from diedie_edu.activities.models.calendar import SpecialDay, Venue
from diedie_edu.activities.models.duties import Duty
from diedie_edu.activities.models.feeds import CalendarFeed
from diedie_edu.activities.models.reminders import ReminderTime
from diedie_edu.activities.models.signups import Attendance, Party, SignUp

__all__ = [
    "Activity",
    "Attendance",
    "CalendarFeed",
    "Duty",
    "Occasion",
    "Party",
    "ReminderTime",
    "SignUp",
    "SpecialDay",
    "Venue",
]
