from after_school.actions.absences import take_back_absence, tell_absence
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
from after_school.actions.parting import forget_child, part_with_child, release_uncleared
from after_school.actions.reminders import plan_consent_reminders
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
    "TermPlan",
    "ZonePlan",
    "add_break",
    "add_guardian",
    "announce_term",
    "bar_collector",
    "call_off_session",
    "change_place",
    "change_right",
    "enrol",
    "forget_child",
    "hold_makeup_day",
    "leave_term",
    "make_pass",
    "name_collector",
    "part_with_child",
    "permit_walking_home",
    "plan_consent_reminders",
    "plan_term",
    "release_uncleared",
    "remove_guardian",
    "set_topic",
    "take_back_absence",
    "take_back_pass",
    "take_back_walking_home",
    "tell_absence",
    "use_pass",
]
