"""What the database itself holds of versions: the chain, who approves, what stays."""

import pgtrigger
from django.db.models import Q

from diedie_edu.common.guards import Guard, NeverEmptied, Stays
from diedie_edu.office.models.money_sql import PROMISED, SPENT, of_item
from diedie_edu.office.models.states import CHAIN, State

FOLLOWS = ", ".join(
    f"('{state}', '{following}')" for state, after in CHAIN.items() for following in after
)
TRIGGERS = [
    Stays(
        name="versions_follow_the_chain",
        operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition(
            f"OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN ({FOLLOWS})"
        ),
        message="A version does not go on like that.",
    ),
    Guard(
        name="a_total_is_the_sum_of_its_lines",
        operation=pgtrigger.UpdateOf("total"),  # type: ignore[no-untyped-call]
        timing=pgtrigger.Deferred,
        found="""
            FROM office_version v WHERE v.id = NEW.id AND v.total <> (
                SELECT coalesce(sum(amount), 0) FROM office_budgetline WHERE version_id = v.id
            )
        """,
        message="The total is the sum of the lines.",
    ),
    Stays(
        name="a_version_begins_as_a_draft",
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__state__df=State.DRAFT),
        message="A version begins as a draft.",
    ),
    Guard(
        name="nobody_approves_the_own_document",
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("state"),
        found="""
            FROM office_author WHERE document_id = NEW.document_id
            AND NEW.state = 'approved' AND OLD.state = 'submitted'
            AND account_id IN (NEW.approved_by_id, NEW.approved_for_id)
        """,
        message="Whoever had a hand in a document does not approve it.",
    ),
    # What was signed on paper, and what comes back into force, is as it is.
    Guard(
        name="a_version_covers_what_is_spent_and_promised",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.state = 'approved' AND OLD.state = 'submitted'"),
        first="PERFORM FROM office_document WHERE id = NEW.document_id FOR NO KEY UPDATE;",
        found=f"""
            FROM office_budgetitem i LEFT JOIN office_budgetline line
                ON line.item_id = i.id AND line.version_id = NEW.id
            WHERE i.document_id = NEW.document_id AND coalesce(line.amount, 0) <
                {of_item(SPENT, "i.id")} + {of_item(PROMISED, "i.id")}
        """,  # nosec B608 (constants of the code)
        message="A line is below what was spent and promised on it.",
    ),
    Stays(
        name="what_a_version_is_of_stays",
        condition=pgtrigger.AnyChange("document", "number", "based_on"),
        message="Begin another version.",
    ),
    Stays(
        name="who_approved_stays_known",
        condition=pgtrigger.Condition(
            "OLD.state IN ('approved', 'superseded', 'revoked')"
            " AND (OLD.approved_by_id, OLD.approved_for_id, OLD.approved_at, OLD.signed_on)"
            " IS DISTINCT FROM"
            " (NEW.approved_by_id, NEW.approved_for_id, NEW.approved_at, NEW.signed_on)"
        ),
        message="Who approved it and when stays as it was.",
    ),
    Stays(
        name="versions_are_never_deleted",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Q(old__state__df=State.DRAFT),
        message="What was submitted stays.",
    ),
    Guard(
        name="rules_end_with_their_approval",
        operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
        timing=pgtrigger.Deferred,
        found="""
            FROM office_version v JOIN programmes_ruleversion r ON r.approved_as = v.id
            WHERE v.id = NEW.id AND v.state = 'revoked' AND r.withdrawn_at IS NULL
        """,
        message="Rules whose approval is withdrawn are in force no longer.",
    ),
    NeverEmptied(name="versions_are_never_emptied"),
]

APPROVED_HERE = Q(approved_by__isnull=False, approved_at__isnull=False, signed_on=None)
SIGNED_ON_PAPER = Q(
    approved_by=None, approved_for=None, signed_on__isnull=False, scan__isnull=False
) & ~Q(signed_by="")
NOT_APPROVED = Q(
    approved_by=None, approved_for=None, approved_at=None, signed_on=None, signed_by=""
)
