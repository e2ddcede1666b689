"""What the database itself holds of spending."""

import pgtrigger

from diedie_edu.common.guards import Guard, NeverEmptied, Stays, refuse
from diedie_edu.office.models.closings import takes_no_entry
from diedie_edu.office.models.money_sql import APPROVED, SPENT, of_item

TAKES_BACK = f"""
UPDATE office_expense SET stands = false
WHERE id = NEW.takes_back_id AND stands AND takes_back_id IS NULL AND amount = -NEW.amount;
IF NOT FOUND THEN
    {refuse("an_entry_is_taken_back_once_and_whole", "An entry is taken back once, and whole.")}
END IF;
RETURN NULL;
"""  # nosec B608 (constants of the code)
TRIGGERS = [
    takes_no_entry(),
    Guard(
        name="an_entry_is_taken_back_once_and_whole",
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__takes_back__isnull=False),
        func=TAKES_BACK,
    ),
    Guard(
        name="spending_above_its_line_says_why",
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__takes_back__isnull=True, new__reason=""),
        found=f"""
            FROM office_budgetitem i WHERE i.id = NEW.item_id
            AND {of_item(SPENT, "i.id")} > {of_item(APPROVED, "i.id")}
        """,  # nosec B608 (constants of the code)
        message="Above the rest of the line, or before approval, a reason is needed.",
    ),
    Stays(
        name="entries_of_spending_stay_as_they_were",
        condition=pgtrigger.AnyChange(
            exclude=["stands", "scan", "reason", "signed_by", "signed_for", "signed_at"]
        ),
        message="Entries of spending are only ever added to.",
    ),
    # A scan may follow, and the reason is told anew until it is signed.
    Stays(
        name="the_scan_and_the_sign_of_an_entry_stay",
        condition=pgtrigger.Condition(
            "OLD.scan_id IS NOT NULL AND NEW.scan_id IS DISTINCT FROM OLD.scan_id"
            " OR (OLD.reason = '') <> (NEW.reason = '')"
            " OR OLD.signed_at IS NOT NULL AND"
            " (OLD.reason, OLD.signed_by_id, OLD.signed_for_id, OLD.signed_at) IS DISTINCT FROM"
            " (NEW.reason, NEW.signed_by_id, NEW.signed_for_id, NEW.signed_at)"
        ),
        message="The scan and the sign of an entry stay as they were.",
    ),
    Stays(
        name="an_entry_stands_until_it_is_taken_back",
        operation=pgtrigger.UpdateOf("stands"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition("NEW.stands OR pg_trigger_depth() = 0"),
        message="An entry is taken back by an entry against it.",
    ),
    Stays(
        name="entries_of_spending_are_never_deleted",
        operation=pgtrigger.Delete,
        message="An entry is taken back by an entry against it, never deleted.",
    ),
    NeverEmptied(name="entries_of_spending_are_never_emptied"),
]
