"""What the tables beside an application hold it to on its way from the proposal on."""

import pgtrigger

from diedie_edu.common.guards import Guard

# Facts 1, and the house's order of 公示: the tables beside an application that its way asks for.
ON_THE_WAY = (
    Guard(
        name="whoever_is_announced_stands_on_a_list",
        operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition("NEW.state = 'announced'"),
        missing="FROM edu_base_listing WHERE application_id = NEW.id",
        message="A public announcement names whom it announces.",
    ),
    Guard(
        name="committee_confirms_after_the_announcement",
        operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition("NEW.state = 'confirmed'"),
        missing="""
        FROM edu_base_listing l JOIN edu_base_announcement a ON a.id = l.announcement_id
        JOIN edu_base_resolution r ON r.id = l.resolution_id
        WHERE l.application_id = NEW.id AND r.decided_on > a.last_on
        """,
        message="The committee confirms by a resolution after the public announcement.",
    ),
    Guard(
        name="objections_come_before_the_next_step",
        operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition("NEW.state = 'confirmed'"),
        found="FROM edu_base_objection WHERE application_id = NEW.id AND decided_at IS NULL",
        message="An objection is to be decided first.",
    ),
)
