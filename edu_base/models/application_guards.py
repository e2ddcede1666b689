"""What the database itself holds to, whatever the way an application is written."""

import pgtrigger

from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from edu_base.models.states import CHAIN, ENDED, HOLDS


def _texts(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


HOLDS_SQL = _texts(HOLDS)
# The two limits are taken and given back together with the state, whatever the way it is written:
# first the year, then the class, as everywhere (`actions.places`).
PLACES_FOLLOW = f"""
IF TG_OP = 'UPDATE' AND (OLD.state IN ({HOLDS_SQL})) = (NEW.state IN ({HOLDS_SQL})) THEN
    RETURN NULL;
END IF;
IF TG_OP <> 'INSERT' AND OLD.state IN ({HOLDS_SQL}) THEN
    UPDATE edu_base_schemeyear SET taken = taken - 1
    WHERE scheme = OLD.scheme AND year = OLD.year;
    UPDATE edu_base_intake SET taken = taken - 1 WHERE id = OLD.intake_id;
ELSIF TG_OP <> 'DELETE' AND NEW.state IN ({HOLDS_SQL}) THEN
    UPDATE edu_base_schemeyear SET taken = taken + 1
    WHERE scheme = NEW.scheme AND year = NEW.year;
    UPDATE edu_base_intake SET taken = taken + 1 WHERE id = NEW.intake_id;
END IF;
RETURN NULL;
"""  # nosec B608 (constants of the code)
FOLLOWS = ", ".join(
    f"('{state}', '{following}')" for state, after in CHAIN.items() for following in after
)

TRIGGERS = [
    Guard(
        name="places_follow_the_state",
        operation=pgtrigger.Insert
        | pgtrigger.UpdateOf("state")  # type: ignore[no-untyped-call]
        | pgtrigger.Delete,
        func=PLACES_FOLLOW,
    ),
    Stays(
        name="an_application_begins_as_a_draft",
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.state <> 'draft' AND NEW.origin <> 'list'"),
        message="An application begins as a draft.",
    ),
    Stays(
        name="an_application_goes_along_the_chain",
        operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition(
            f"OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN ({FOLLOWS})"
        ),
        message="This does not follow in the chain of an application.",
    ),
    Stays(
        name="what_is_stopped_goes_no_further",
        operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition(
            "NEW.stopped_at IS NOT NULL AND OLD.state IS DISTINCT FROM NEW.state"
            f" AND NEW.state NOT IN ({_texts(ENDED)})"
        ),
        message="A guardian has said no. Settle that first.",
    ),
    Stays(
        name="whoever_holds_a_place_stays_in_the_class",
        operation=pgtrigger.UpdateOf("intake_id"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition(
            f"OLD.intake_id <> NEW.intake_id AND OLD.state IN ({HOLDS_SQL})"
        ),
        message="This application holds a place in its class.",
    ),
    Guard(
        name="an_application_stands_as_its_last_step_says",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "last_step"),  # type: ignore[no-untyped-call]
        timing=pgtrigger.Deferred,
        found="""
        FROM edu_base_application a LEFT JOIN edu_base_step s
          ON s.application_id = a.id AND s.number = a.last_step
        WHERE a.id = NEW.id
          AND (coalesce(s.state, 'draft') <> a.state OR s.id IS NULL AND a.last_step > 0)
        """,
        message="An application goes on by a step of its history.",
    ),
    Guard(
        name="applicants_have_their_households_first_paper",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("dwelling_id"),  # type: ignore[no-untyped-call]
        found="FROM edu_base_dwelling WHERE id = NEW.dwelling_id AND same_as_id IS NOT NULL",
        message="This is another paper of a household that is known by its first.",
    ),
    Stays(
        name="only_drafts_are_deleted",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Condition("OLD.state <> 'draft' OR OLD.last_step > 0"),
        message="Its words can be erased; that somebody applied stays.",
    ),
    NeverEmptied(name="applications_are_never_emptied"),
]
