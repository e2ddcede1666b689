"""What the database checks at the door of an afternoon: what shares a query has it here."""

import pgtrigger

from diedie_edu.common.guards import Guard, refuse
from diedie_edu.people.models import Clearance
from diedie_edu.volunteering.models import Duty


class ChildIsNotLocked(Guard):
    """A child whose consent has ended is locked: nothing new is stored of it."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert
    constraint = "nothing_new_is_stored_of_a_locked_child"
    missing = "FROM people_resident WHERE id = NEW.child_id AND erase_due_on IS NULL FOR SHARE"
    message = "The consent for this child has ended."


class LiveConsent(Guard):
    """PIPL art. 31: whoever is under 14 is let in under a live consent alone."""

    when = pgtrigger.Before
    constraint = "a_child_is_let_in_under_a_live_consent"
    missing = """
    FROM people_resident r
    WHERE r.id = NEW.child_id AND r.erase_due_on IS NULL
      AND (NOT people_is_child(r.birth_date) OR EXISTS (
          SELECT FROM people_consent c
          WHERE c.child_id = r.id AND c.ended_at IS NULL
            AND c.valid_until >= people_today()))
    FOR SHARE OF r
    """
    message = "There is no live consent for this child."


class OpenSession(Guard):
    """Children come and go while the session is open, and go with somebody who may collect.

    It shares the lock of the session's row; closing takes it alone.
    """

    constraint = "children_come_and_go_only_while_the_session_is_open"
    declare = [("locked", "after_school_session")]
    func = f"""
    SELECT * INTO locked FROM after_school_session
    WHERE id = NEW.session_id AND state = 'open' FOR SHARE;
    IF NOT FOUND THEN
        {refuse(constraint, "This session is not open.")}
    END IF;
    IF NEW.left_at IS NOT NULL THEN
        PERFORM after_school_check_hand_over(NEW, locked.day);
    END IF;
    RETURN NULL;
    """


class LiveClearance(Guard):
    """Whoever is on duty at the school is cleared on that day, wherever the day moves.

    Both sides lock the volunteer's row, so that a duty that is taken while a clearance ends is
    seen by the one or the other.
    """

    timing = pgtrigger.Deferred
    constraint = "duty_at_the_school_needs_a_live_clearance"
    first = "PERFORM FROM people_volunteer WHERE id = NEW.volunteer_id FOR SHARE;"
    found = """
    FROM volunteering_duty d
    JOIN activities_occasion o ON o.id = d.occasion_id
    JOIN after_school_term t ON t.activity_ptr_id = o.activity_id
    WHERE d.id = NEW.id AND d.volunteer_id = NEW.volunteer_id AND NOT d.is_off
      AND NOT people_is_cleared(
          d.volunteer_id, (d.starts_at AT TIME ZONE 'Asia/Shanghai')::date)
    """
    message = "This volunteer is not cleared for that day."


class DutyGuard(Duty):
    """The duty again, with the guards that only this room can say: duties know no school."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            LiveClearance(
                name="duty_at_the_school_needs_a_live_clearance",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__volunteer__isnull=False),
            ),
            LiveClearance(
                name="duty_that_changes_hands_needs_a_live_clearance",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.volunteer_id IS NOT NULL AND NOT NEW.is_off AND"
                    " (OLD.volunteer_id, OLD.occasion_id, OLD.starts_at, OLD.is_off) IS DISTINCT"
                    " FROM (NEW.volunteer_id, NEW.occasion_id, NEW.starts_at, NEW.is_off)"
                ),
            ),
            LiveClearance(
                name="duty_that_goes_on_needs_a_live_clearance",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    new__volunteer__isnull=False,
                    old__signed_out_at__isnull=False,
                    new__signed_out_at__isnull=True,
                ),
            ),
        ]


class ClearanceGuard(Clearance):
    """The clearance again, with the guard that only this room can say: people know no duties."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            Guard(
                name="clearance_ends_after_its_duties_are_released",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                declare=[("person", "bigint := coalesce(OLD.volunteer_id, NEW.volunteer_id)")],
                first="PERFORM FROM people_volunteer WHERE id = person FOR NO KEY UPDATE;",
                found="FROM after_school_uncleared_duties(person, people_today())",
                message="This volunteer has duties ahead that need the clearance.",
            ),
        ]
