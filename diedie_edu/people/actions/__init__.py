from diedie_edu.people.actions.clearances import change_clearance, record_clearance
from diedie_edu.people.actions.consents import (
    Agreement,
    child_hash,
    end_consent,
    end_run_out_consents,
    erase_due_children,
    give_consent,
    hold_child,
    keep_promises_to_children,
    take_in_child,
    take_in_guardian,
)
from diedie_edu.people.actions.looks import note_looks
from diedie_edu.people.actions.residents import (
    add_resident,
    change_contact,
    match_volunteer_roles,
    register_resident,
)

__all__ = [
    "Agreement",
    "add_resident",
    "change_clearance",
    "change_contact",
    "child_hash",
    "end_consent",
    "end_run_out_consents",
    "erase_due_children",
    "give_consent",
    "hold_child",
    "keep_promises_to_children",
    "match_volunteer_roles",
    "note_looks",
    "record_clearance",
    "register_resident",
    "take_in_child",
    "take_in_guardian",
]
