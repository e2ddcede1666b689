"""What the database holds a class to."""

import pgtrigger

from diedie_edu.common.guards import Guard

# Else the weights of its marks, which are fixed from then on, could be changed after all.
WINDOW = Guard(
    name="a_window_with_applications_has_opened",
    operation=pgtrigger.UpdateOf("opens_on"),  # type: ignore[no-untyped-call]
    found="""
    FROM edu_base_application WHERE intake_id = NEW.id AND state <> 'draft'
      AND OLD.opens_on <= people_today() AND NEW.opens_on > people_today()
    """,
    message="Somebody has applied, so this window has opened.",
)
