"""Whoever withdraws a consent and whoever lets the child in see one another."""

from django.db import migrations

# Withdrawing changes the child's row, so sharing its lock waits for a withdrawal under way;
# the key alone (FOR KEY SHARE) would not.
LOCKED = """
CREATE OR REPLACE FUNCTION after_school_child_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people_resident WHERE id = NEW.child_id AND erase_due_on IS NULL FOR {lock};
    IF NOT FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'nothing_new_is_stored_of_a_locked_child',
            MESSAGE = 'The consent for this child has ended.';
    END IF;
    RETURN NEW;
END $$;
"""

# A row of an afternoon may stand before the child comes (told as missing), and a consent may
# have run out this morning with nobody having ended it yet.
LET_IN = """
CREATE FUNCTION after_school_child_let_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people_resident r
    WHERE r.id = NEW.child_id AND r.erase_due_on IS NULL
      AND (NOT people_is_child(r.birth_date) OR EXISTS (
          SELECT FROM people_consent c
          WHERE c.child_id = r.id AND c.ended_at IS NULL AND c.valid_until >= people_today()))
    FOR SHARE OF r;
    IF NOT FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'a_child_is_let_in_under_a_live_consent',
            MESSAGE = 'There is no live consent for this child.';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER a_child_is_let_in_under_a_live_consent
BEFORE INSERT ON after_school_presence
FOR EACH ROW WHEN (NEW.arrived_at IS NOT NULL)
EXECUTE FUNCTION after_school_child_let_in();

CREATE TRIGGER a_child_who_was_missing_is_let_in_under_a_live_consent
BEFORE UPDATE ON after_school_presence
FOR EACH ROW WHEN (OLD.arrived_at IS NULL AND NEW.arrived_at IS NOT NULL)
EXECUTE FUNCTION after_school_child_let_in();
"""

UNDO_LET_IN = """
DROP TRIGGER a_child_who_was_missing_is_let_in_under_a_live_consent ON after_school_presence;
DROP TRIGGER a_child_is_let_in_under_a_live_consent ON after_school_presence;
DROP FUNCTION after_school_child_let_in;
"""

# A duty that is called off needs no clearance. Asking for one would take the volunteer's lock
# after the occasion's, against somebody who ends a clearance and frees that very duty.
DUTY = """
DROP TRIGGER duty_that_changes_hands_needs_a_live_clearance ON activities_duty;
CREATE CONSTRAINT TRIGGER duty_that_changes_hands_needs_a_live_clearance
AFTER UPDATE ON activities_duty
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (
    NEW.volunteer_id IS NOT NULL {unless_off}
    AND (OLD.volunteer_id, OLD.occasion_id, OLD.starts_at, OLD.is_off)
    IS DISTINCT FROM (NEW.volunteer_id, NEW.occasion_id, NEW.starts_at, NEW.is_off))
EXECUTE FUNCTION after_school_duty_checked();
"""


class Migration(migrations.Migration):
    dependencies = [("after_school", "0004_stand_ins")]

    operations = [
        migrations.RunSQL(
            LOCKED.replace("{lock}", "SHARE"), LOCKED.replace("{lock}", "KEY SHARE")
        ),
        migrations.RunSQL(LET_IN, UNDO_LET_IN),
        migrations.RunSQL(
            DUTY.replace("{unless_off}", "AND NOT NEW.is_off"), DUTY.replace("{unless_off}", "")
        ),
    ]
