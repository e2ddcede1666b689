from diedie_edu.activities.actions.days import (
    ClosedDay,
    call_off_occasions,
    close_day,
    hold_calendar,
)
from diedie_edu.activities.actions.door import (
    Arrival,
    check_in,
    enter_sheet,
    excuse_absence,
    let_in,
    let_in_newcomer,
    undo_arrival,
)
from diedie_edu.activities.actions.duties import (
    assign_duty,
    hold_volunteers,
    release_duty,
)
from diedie_edu.activities.actions.feedback import give_feedback, plan_feedback
from diedie_edu.activities.actions.hours import confirm_hours
from diedie_edu.activities.actions.offers import accept_offer, pass_places_on
from diedie_edu.activities.actions.parties import (
    sign_up_again,
    sign_up_each,
    sign_up_together,
)
from diedie_edu.activities.actions.reminders import plan_reminders
from diedie_edu.activities.actions.schedule import call_off, move_occasion, save_in_venue
from diedie_edu.activities.actions.seats import (
    cancel_sign_up,
    change_capacity,
    sign_up,
)

__all__ = [
    "Arrival",
    "ClosedDay",
    "accept_offer",
    "assign_duty",
    "call_off",
    "call_off_occasions",
    "cancel_sign_up",
    "change_capacity",
    "check_in",
    "close_day",
    "confirm_hours",
    "enter_sheet",
    "excuse_absence",
    "give_feedback",
    "hold_calendar",
    "hold_volunteers",
    "let_in",
    "let_in_newcomer",
    "move_occasion",
    "pass_places_on",
    "plan_feedback",
    "plan_reminders",
    "release_duty",
    "save_in_venue",
    "sign_up",
    "sign_up_again",
    "sign_up_each",
    "sign_up_together",
    "undo_arrival",
]
