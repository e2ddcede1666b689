from diedie_edu.activities.actions.days import ClosedDay, close_day, hold_calendar
from diedie_edu.activities.actions.duties import assign_duty, hold_volunteers, release_duty
from diedie_edu.activities.actions.reminders import plan_reminders
from diedie_edu.activities.actions.schedule import call_off, move_occasion, save_in_venue
from diedie_edu.activities.actions.seats import cancel_sign_up, change_capacity, sign_up

__all__ = [
    "ClosedDay",
    "assign_duty",
    "call_off",
    "cancel_sign_up",
    "change_capacity",
    "close_day",
    "hold_calendar",
    "hold_volunteers",
    "move_occasion",
    "plan_reminders",
    "release_duty",
    "save_in_venue",
    "sign_up",
]
