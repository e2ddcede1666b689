from diedie_edu.activities.models.activities import Activity, Occasion
from diedie_edu.activities.models.attendance import (
    Attendance,
    AttendanceUndone,
    ExcusedAbsence,
    How,
)
from diedie_edu.activities.models.feeds import CalendarFeed
from diedie_edu.activities.models.reminders import ReminderTime
from diedie_edu.activities.models.signups import Party, SignUp
from diedie_edu.activities.models.working import StaffNote, WordToAll

__all__ = [
    "Activity",
    "Attendance",
    "AttendanceUndone",
    "CalendarFeed",
    "ExcusedAbsence",
    "How",
    "Occasion",
    "Party",
    "ReminderTime",
    "SignUp",
    "StaffNote",
    "WordToAll",
]
