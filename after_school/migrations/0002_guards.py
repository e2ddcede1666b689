"""What the database itself holds to: see the README of the app."""

from django.db import migrations

SQL_0 = """
CREATE UNIQUE INDEX occasion_with_its_activity ON activities_occasion (id, activity_id);
CREATE UNIQUE INDEX sign_up_with_its_activity_and_resident
    ON activities_signup (id, activity_id, resident_id);

ALTER TABLE after_school_zoneday
    ADD CONSTRAINT zone_day_is_of_its_session FOREIGN KEY (session_id, term_id)
        REFERENCES after_school_session (id, term_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT zone_day_is_of_its_zone FOREIGN KEY (zone_id, term_id)
        REFERENCES after_school_zone (id, term_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT zone_day_is_of_its_occasion FOREIGN KEY (occasion_id, term_id)
        REFERENCES activities_occasion (id, activity_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE after_school_enrolment
    ADD CONSTRAINT enrolment_is_of_its_sign_up FOREIGN KEY (sign_up_id, term_id, child_id)
        REFERENCES activities_signup (id, activity_id, resident_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT enrolment_is_in_a_zone_of_its_term FOREIGN KEY (zone_id, term_id)
        REFERENCES after_school_zone (id, term_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE after_school_presence
    ADD CONSTRAINT presence_is_of_its_session FOREIGN KEY (session_id, term_id)
        REFERENCES after_school_session (id, term_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT presence_is_of_an_enrolled_child FOREIGN KEY (enrolment_id, child_id, term_id)
        REFERENCES after_school_enrolment (id, child_id, term_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT presence_is_in_a_zone_of_its_term FOREIGN KEY (zone_id, term_id)
        REFERENCES after_school_zone (id, term_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE after_school_guardianright
    ADD CONSTRAINT right_is_of_a_guardian FOREIGN KEY (guardian_id, child_id)
        REFERENCES people_guardianship (guardian_id, child_id)
        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

SQL_1 = """
CREATE FUNCTION after_school_check_hand_over(gone after_school_presence, on_day date)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF gone.collector_id IS NOT NULL THEN
        PERFORM FROM after_school_collector c
        WHERE c.id = gone.collector_id AND c.child_id = gone.child_id AND c.barred_at IS NULL
          AND c.valid_from <= on_day AND coalesce(c.valid_until, on_day) >= on_day
          AND (c.guardian_id IS NULL OR EXISTS (
              SELECT FROM people_guardianship g
              WHERE g.guardian_id = c.guardian_id AND g.child_id = c.child_id))
        FOR SHARE OF c;
    ELSIF gone.collector_pass_id IS NOT NULL THEN
        PERFORM FROM after_school_collectorpass p
        WHERE p.id = gone.collector_pass_id AND p.child_id = gone.child_id AND p.day = on_day
          AND p.used_at IS NOT NULL AND p.taken_back_at IS NULL
        FOR SHARE OF p;
    ELSE
        PERFORM FROM after_school_walkhomepermission w
        WHERE w.id = gone.walk_home_id AND w.child_id = gone.child_id AND w.taken_back_at IS NULL
          AND on_day BETWEEN w.valid_from AND w.valid_until
        FOR SHARE OF w;
    END IF;
    IF NOT FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'a_child_goes_with_somebody_who_may_collect',
            MESSAGE = 'This is nobody who may collect this child on this day.';
    END IF;
END $$;

CREATE FUNCTION after_school_presence_checked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held after_school_session;
BEGIN
    SELECT * INTO held FROM after_school_session
    WHERE id = NEW.session_id AND state = 'open' FOR SHARE;
    IF NOT FOUND THEN
        RAISE check_violation
            USING CONSTRAINT = 'children_come_and_go_only_while_the_session_is_open',
            MESSAGE = 'This session is not open.';
    END IF;
    IF NEW.left_at IS NOT NULL THEN
        PERFORM after_school_check_hand_over(NEW, held.day);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER presence_is_checked_when_entered
AFTER INSERT ON after_school_presence
FOR EACH ROW WHEN (NEW.arrived_at IS NOT NULL)
EXECUTE FUNCTION after_school_presence_checked();

CREATE TRIGGER presence_is_checked_when_changed
AFTER UPDATE ON after_school_presence
FOR EACH ROW WHEN (
    (OLD.session_id, OLD.child_id, OLD.arrived_at, OLD.left_at,
     OLD.collector_id, OLD.collector_pass_id, OLD.walk_home_id) IS DISTINCT FROM
    (NEW.session_id, NEW.child_id, NEW.arrived_at, NEW.left_at,
     NEW.collector_id, NEW.collector_pass_id, NEW.walk_home_id))
EXECUTE FUNCTION after_school_presence_checked();

CREATE FUNCTION after_school_presence_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE check_violation USING CONSTRAINT = 'a_child_inside_is_not_forgotten',
        MESSAGE = 'This child is inside; hand it over first.';
END $$;

CREATE TRIGGER a_child_inside_is_not_forgotten
BEFORE DELETE ON after_school_presence
FOR EACH ROW WHEN (OLD.arrived_at IS NOT NULL AND OLD.left_at IS NULL)
EXECUTE FUNCTION after_school_presence_deleted();

CREATE FUNCTION after_school_session_left_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM after_school_presence
    WHERE session_id = NEW.id AND arrived_at IS NOT NULL AND left_at IS NULL;
    IF FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'a_session_closes_when_no_child_is_inside',
            MESSAGE = 'A child is still inside.';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER a_session_closes_when_no_child_is_inside
AFTER UPDATE ON after_school_session
FOR EACH ROW WHEN (OLD.state = 'open' AND NEW.state <> 'open')
EXECUTE FUNCTION after_school_session_left_open();

CREATE FUNCTION after_school_event_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE check_violation USING CONSTRAINT = 'the_log_of_an_afternoon_stays_as_it_was',
        MESSAGE = 'The log of an afternoon is only ever added to.';
END $$;

CREATE TRIGGER the_log_of_an_afternoon_stays_as_it_was
BEFORE UPDATE ON after_school_presenceevent
FOR EACH ROW EXECUTE FUNCTION after_school_event_changed();
"""

SQL_2 = """
CREATE FUNCTION after_school_child_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people_resident WHERE id = NEW.child_id AND erase_due_on IS NULL FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'nothing_new_is_stored_of_a_locked_child',
            MESSAGE = 'The consent for this child has ended.';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER a_locked_child_is_not_enrolled
BEFORE INSERT ON after_school_enrolment
FOR EACH ROW EXECUTE FUNCTION after_school_child_checked();

CREATE TRIGGER a_locked_child_is_not_let_in
BEFORE INSERT ON after_school_presence
FOR EACH ROW EXECUTE FUNCTION after_school_child_checked();
"""

SQL_3 = """
CREATE FUNCTION after_school_uncleared_duties(person bigint, since date)
RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT d.id
    FROM volunteering_duty d
    JOIN activities_occasion o ON o.id = d.occasion_id
    JOIN after_school_term t ON t.activity_ptr_id = o.activity_id
    CROSS JOIN LATERAL (SELECT (d.starts_at AT TIME ZONE 'Asia/Shanghai')::date AS day) AS local
    WHERE d.volunteer_id = person AND NOT d.is_off AND local.day >= since
      AND NOT people_is_cleared(person, local.day)
$$;

CREATE FUNCTION after_school_duty_checked() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE CONSTRAINT TRIGGER duty_at_the_school_needs_a_live_clearance
AFTER INSERT ON volunteering_duty
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.volunteer_id IS NOT NULL)
EXECUTE FUNCTION after_school_duty_checked();

CREATE CONSTRAINT TRIGGER duty_that_changes_hands_needs_a_live_clearance
AFTER UPDATE ON volunteering_duty
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (
    NEW.volunteer_id IS NOT NULL AND (OLD.volunteer_id, OLD.occasion_id, OLD.starts_at, OLD.is_off)
    IS DISTINCT FROM (NEW.volunteer_id, NEW.occasion_id, NEW.starts_at, NEW.is_off))
EXECUTE FUNCTION after_school_duty_checked();

CREATE FUNCTION after_school_clearance_checked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person bigint := coalesce(OLD.volunteer_id, NEW.volunteer_id);
BEGIN
    PERFORM FROM people_volunteer WHERE id = person FOR NO KEY UPDATE;
    PERFORM FROM after_school_uncleared_duties(person, people_today());
    IF FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'clearance_ends_after_its_duties_are_released',
            MESSAGE = 'This volunteer has duties ahead that need the clearance.';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER clearance_ends_after_its_duties_are_released
AFTER INSERT OR UPDATE OR DELETE ON people_clearance
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION after_school_clearance_checked();
"""

SQL_4 = """
CREATE TRIGGER the_log_of_a_session_stays_as_it_was
BEFORE UPDATE ON after_school_sessionevent
FOR EACH ROW EXECUTE FUNCTION after_school_event_changed();
"""

SQL_5 = """
CREATE OR REPLACE FUNCTION after_school_child_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people_resident WHERE id = NEW.child_id AND erase_due_on IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'nothing_new_is_stored_of_a_locked_child',
            MESSAGE = 'The consent for this child has ended.';
    END IF;
    RETURN NEW;
END $$;
"""

SQL_6 = """
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

SQL_7 = """
DROP TRIGGER duty_that_changes_hands_needs_a_live_clearance ON volunteering_duty;
CREATE CONSTRAINT TRIGGER duty_that_changes_hands_needs_a_live_clearance
AFTER UPDATE ON volunteering_duty
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (
    NEW.volunteer_id IS NOT NULL AND NOT NEW.is_off
    AND (OLD.volunteer_id, OLD.occasion_id, OLD.starts_at, OLD.is_off)
    IS DISTINCT FROM (NEW.volunteer_id, NEW.occasion_id, NEW.starts_at, NEW.is_off))
EXECUTE FUNCTION after_school_duty_checked();
"""

SQL_8 = """
CREATE OR REPLACE FUNCTION after_school_uncleared_duties(person bigint, since date)
RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT d.id
    FROM volunteering_duty d
    JOIN activities_occasion o ON o.id = d.occasion_id
    JOIN after_school_term t ON t.activity_ptr_id = o.activity_id
    CROSS JOIN LATERAL (SELECT (d.starts_at AT TIME ZONE 'Asia/Shanghai')::date AS day) AS local
    WHERE d.volunteer_id = person AND NOT d.is_off AND local.day >= since
      AND d.signed_out_at IS NULL AND NOT people_is_cleared(person, local.day)
$$;
"""

SQL_9 = """
CREATE OR REPLACE FUNCTION after_school_duty_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people_volunteer WHERE id = NEW.volunteer_id FOR SHARE;
    PERFORM FROM volunteering_duty d
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
AFTER UPDATE ON volunteering_duty
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (
    NEW.volunteer_id IS NOT NULL AND OLD.signed_out_at IS NOT NULL AND NEW.signed_out_at IS NULL)
EXECUTE FUNCTION after_school_duty_checked();
"""


class Migration(migrations.Migration):
    dependencies = [('after_school', '0001_initial'), ('people', '0002_guards'), ('volunteering', '0002_guards')]

    operations = [migrations.RunSQL(sql) for sql in (SQL_0, SQL_1, SQL_2, SQL_3, SQL_4, SQL_5, SQL_6, SQL_7, SQL_8, SQL_9,)]
