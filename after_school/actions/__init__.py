from after_school.actions.absences import take_back_absence, tell_absence
from after_school.actions.clearances import release_uncleared, send_home
from after_school.actions.collecting import (
    NewCollector,
    bar_collector,
    make_pass,
    name_collector,
    permit_walking_home,
    take_back_pass,
    take_back_walking_home,
    use_pass,
)
from after_school.actions.enrolling import ChildFacts, Place, change_place, enrol, leave_term
from after_school.actions.guardians import add_guardian, change_right, remove_guardian
from after_school.actions.handing_over import (
    hand_over,
    hand_over_by_code,
    let_walk_home,
    note_refusal,
)
from after_school.actions.hours import sign_in_on_duty, sign_out_of_duty
from after_school.actions.missing import plan_missing
from after_school.actions.parting import forget_child, part_with_child
from after_school.actions.presence import (
    change_zone,
    let_in,
    note_call,
    take_back_arrival,
    take_back_leaving,
    write_note,
)
from after_school.actions.reminders import plan_consent_reminders, plan_end_of_term
from after_school.actions.roster import (
    answer_stand_in,
    assign_slot,
    give_back_slot,
    take_slot,
)
from after_school.actions.sessions import close_session, open_session, reopen_session
from after_school.actions.short_staffed import (
    plan_short_staffed,
)
from after_school.actions.staffing import SlotChange, change_needs, change_places
from after_school.actions.terms import (
    TermPlan,
    ZonePlan,
    add_break,
    announce_term,
    call_off_session,
    hold_makeup_day,
    plan_term,
    set_topic,
)

__all__ = [
    "ChildFacts",
    "NewCollector",
    "Place",
    "SlotChange",
    "TermPlan",
    "ZonePlan",
    "add_break",
    "add_guardian",
    "announce_term",
    "answer_stand_in",
    "assign_slot",
    "bar_collector",
    "call_off_session",
    "change_needs",
    "change_place",
    "change_places",
    "change_right",
    "change_zone",
    "close_session",
    "enrol",
    "forget_child",
    "give_back_slot",
    "hand_over",
    "hand_over_by_code",
    "hold_makeup_day",
    "leave_term",
    "let_in",
    "let_walk_home",
    "make_pass",
    "name_collector",
    "note_call",
    "note_refusal",
    "open_session",
    "part_with_child",
    "permit_walking_home",
    "plan_consent_reminders",
    "plan_end_of_term",
    "plan_missing",
    "plan_short_staffed",
    "plan_term",
    "release_uncleared",
    "remove_guardian",
    "reopen_session",
    "send_home",
    "set_topic",
    "sign_in_on_duty",
    "sign_out_of_duty",
    "take_back_absence",
    "take_back_arrival",
    "take_back_leaving",
    "take_back_pass",
    "take_back_walking_home",
    "take_slot",
    "tell_absence",
    "use_pass",
    "write_note",
]
