"""What CHECK and UNIQUE cannot say: rows that belong together, hand-over, clearance."""

from django.db import migrations

# Columns that repeat another row's are held to it; the keys they point at come first.
KEYS = """
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

UNDO_KEYS = """
ALTER TABLE after_school_guardianright DROP CONSTRAINT right_is_of_a_guardian;
ALTER TABLE after_school_presence DROP CONSTRAINT presence_is_of_its_session,
    DROP CONSTRAINT presence_is_of_an_enrolled_child,
    DROP CONSTRAINT presence_is_in_a_zone_of_its_term;
ALTER TABLE after_school_enrolment DROP CONSTRAINT enrolment_is_of_its_sign_up,
    DROP CONSTRAINT enrolment_is_in_a_zone_of_its_term;
ALTER TABLE after_school_zoneday DROP CONSTRAINT zone_day_is_of_its_session,
    DROP CONSTRAINT zone_day_is_of_its_zone, DROP CONSTRAINT zone_day_is_of_its_occasion;
DROP INDEX sign_up_with_its_activity_and_resident;
DROP INDEX occasion_with_its_activity;
"""

# A presence shares the lock of its session's row and closing takes it alone, so a child who
# arrives while somebody closes is either seen by the closing or refused.
PRESENCE = """
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

UNDO_PRESENCE = """
DROP TRIGGER the_log_of_an_afternoon_stays_as_it_was ON after_school_presenceevent;
DROP TRIGGER a_session_closes_when_no_child_is_inside ON after_school_session;
DROP TRIGGER a_child_inside_is_not_forgotten ON after_school_presence;
DROP TRIGGER presence_is_checked_when_changed ON after_school_presence;
DROP TRIGGER presence_is_checked_when_entered ON after_school_presence;
DROP FUNCTION after_school_event_changed, after_school_session_left_open,
    after_school_presence_deleted, after_school_presence_checked, after_school_check_hand_over;
"""

# Withdrawing consent locks the child at once: nothing new of it is stored. What has begun
# (a child who is inside) is brought to its end.
LOCKED = """
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

UNDO_LOCKED = """
DROP TRIGGER a_locked_child_is_not_let_in ON after_school_presence;
DROP TRIGGER a_locked_child_is_not_enrolled ON after_school_enrolment;
DROP FUNCTION after_school_child_checked;
"""

# Whoever is on duty at the 4:30 school is cleared on that day, wherever the day moves (duties
# follow the times of their occasion). Both sides lock the volunteer's
# row, so a duty taken while a clearance is withdrawn is seen by the one or the other.
CLEARANCE = """
CREATE FUNCTION after_school_uncleared_duties(person bigint, since date)
RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT d.id
    FROM activities_duty d
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
AFTER INSERT ON activities_duty
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.volunteer_id IS NOT NULL)
EXECUTE FUNCTION after_school_duty_checked();

CREATE CONSTRAINT TRIGGER duty_that_changes_hands_needs_a_live_clearance
AFTER UPDATE ON activities_duty
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

UNDO_CLEARANCE = """
DROP TRIGGER clearance_ends_after_its_duties_are_released ON people_clearance;
DROP TRIGGER duty_that_changes_hands_needs_a_live_clearance ON activities_duty;
DROP TRIGGER duty_at_the_school_needs_a_live_clearance ON activities_duty;
DROP FUNCTION after_school_clearance_checked, after_school_duty_checked, after_school_uncleared_duties;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("after_school", "0001_tables"),
        ("people", "0005_children_need_consent"),
    ]

    operations = [
        migrations.RunSQL(KEYS, UNDO_KEYS),
        migrations.RunSQL(PRESENCE, UNDO_PRESENCE),
        migrations.RunSQL(LOCKED, UNDO_LOCKED),
        migrations.RunSQL(CLEARANCE, UNDO_CLEARANCE),
    ]
