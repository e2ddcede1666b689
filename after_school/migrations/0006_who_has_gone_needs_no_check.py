"""A duty that was signed out is the past: a check that ends today asks nothing of it any more.
Taking a sign-out back, and putting somebody into a slot, asks for the clearance as before."""

from django.db import migrations

UNCLEARED = """
CREATE OR REPLACE FUNCTION after_school_uncleared_duties(person bigint, since date)
RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT d.id
    FROM activities_duty d
    JOIN activities_occasion o ON o.id = d.occasion_id
    JOIN after_school_term t ON t.activity_ptr_id = o.activity_id
    CROSS JOIN LATERAL (SELECT (d.starts_at AT TIME ZONE 'Asia/Shanghai')::date AS day) AS local
    WHERE d.volunteer_id = person AND NOT d.is_off AND local.day >= since
      {gone}AND NOT people_is_cleared(person, local.day)
$$;
"""

# Whoever is written down as having served was cleared as well, so this looks at every duty.
CHECKED = """
CREATE OR REPLACE FUNCTION after_school_duty_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people_volunteer WHERE id = NEW.volunteer_id FOR SHARE;
    PERFORM FROM activities_duty d
    JOIN activities_occasion o ON o.id = d.occasion_id
    JOIN after_school_term t ON t.activity_ptr_id = o.activity_id
    WHERE d.id = NEW.id AND d.volunteer_id = NEW.volunteer_id AND NOT d.is_off
      AND NOT people_is_cleared(d.volunteer_id,
                                (d.starts_at AT TIME ZONE 'Asia/Shanghai')::date);
    IF FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'duty_at_the_school_needs_a_live_clearance',
            MESSAGE = 'This volunteer is not cleared for that day.';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER duty_that_goes_on_needs_a_live_clearance
AFTER UPDATE ON activities_duty
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (
    NEW.volunteer_id IS NOT NULL AND OLD.signed_out_at IS NOT NULL AND NEW.signed_out_at IS NULL)
EXECUTE FUNCTION after_school_duty_checked();
"""

UNDO_CHECKED = """
DROP TRIGGER duty_that_goes_on_needs_a_live_clearance ON activities_duty;

CREATE OR REPLACE FUNCTION after_school_duty_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people_volunteer WHERE id = NEW.volunteer_id FOR SHARE;
    PERFORM FROM after_school_uncleared_duties(NEW.volunteer_id, '-infinity') AS u(id)
    WHERE u.id = NEW.id;
    IF FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'duty_at_the_school_needs_a_live_clearance',
            MESSAGE = 'This volunteer is not cleared for that day.';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("after_school", "0005_consent_at_the_door")]

    operations = [
        migrations.RunSQL(
            UNCLEARED.format(gone="AND d.signed_out_at IS NULL "), UNCLEARED.format(gone="")
        ),
        migrations.RunSQL(CHECKED, UNDO_CHECKED),
    ]
