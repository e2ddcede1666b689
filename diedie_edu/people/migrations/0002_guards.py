"""What the database itself holds to: see the README of the app."""

from django.db import migrations

TODAY = """
CREATE FUNCTION people_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date
$$;
"""

SQL_0 = """
CREATE FUNCTION people_is_child(birth_date date) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(birth_date > (people_today() - 1 - interval '14 years')::date, false)
$$;

CREATE FUNCTION people_check_child(person bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    child people_resident;
BEGIN
    SELECT * INTO child FROM people_resident WHERE id = person FOR NO KEY UPDATE;
    IF NOT FOUND OR NOT people_is_child(child.birth_date) THEN
        RETURN;
    END IF;
    IF child.erase_due_on IS NULL THEN
        PERFORM FROM people_consent
        WHERE child_id = person AND ended_at IS NULL AND valid_until >= people_today();
    ELSE
        -- Locked, and erased no later than the text that was agreed to promises.
        PERFORM FROM people_consent c JOIN people_consenttext t ON t.id = c.text_id
        WHERE c.child_id = person AND c.ended_at IS NOT NULL AND child.erase_due_on
              <= (c.ended_at AT TIME ZONE 'Asia/Shanghai')::date + t.erase_days;
    END IF;
    IF NOT FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'child_has_a_live_consent',
            MESSAGE = 'Nobody under 14 is stored without the live consent of a guardian.';
    END IF;
END $$;

CREATE FUNCTION people_resident_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM people_check_child(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION people_consent_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM people_check_child(OLD.child_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER child_has_a_live_consent
AFTER INSERT OR UPDATE OF birth_date, erase_due_on ON people_resident
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (people_is_child(NEW.birth_date))
EXECUTE FUNCTION people_resident_checked();

CREATE CONSTRAINT TRIGGER child_keeps_a_live_consent
AFTER UPDATE OR DELETE ON people_consent
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (OLD.child_id IS NOT NULL)
EXECUTE FUNCTION people_consent_checked();

CREATE FUNCTION people_consent_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people_guardianship
    WHERE guardian_id = NEW.guardian_id AND child_id = NEW.child_id;
    IF NOT FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'consent_is_given_by_a_guardian',
            MESSAGE = 'Only a guardian of the child can consent.';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER consent_is_given_by_a_guardian
AFTER INSERT ON people_consent
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION people_consent_given();

CREATE FUNCTION people_consent_text_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM people_consent WHERE text_id = OLD.id;
    IF FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'a_text_agreed_to_stays_as_it_was',
            MESSAGE = 'Somebody has agreed to this text. Write a new version.';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER a_text_agreed_to_stays_as_it_was
BEFORE UPDATE ON people_consenttext
FOR EACH ROW EXECUTE FUNCTION people_consent_text_stays();

CREATE FUNCTION people_child_access_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE check_violation USING CONSTRAINT = 'access_to_a_child_stays_in_the_log',
        MESSAGE = 'The log of looks at children is only ever added to.';
END $$;

CREATE TRIGGER access_to_a_child_stays_in_the_log
BEFORE UPDATE OR DELETE ON people_childaccess
FOR EACH ROW EXECUTE FUNCTION people_child_access_stays();

CREATE FUNCTION people_is_cleared(person bigint, on_day date) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM people_clearance c
        WHERE c.volunteer_id = person AND c.result = 'clear'
          AND on_day BETWEEN c.checked_on AND c.valid_until
          AND NOT EXISTS (
              SELECT FROM people_clearance n
              WHERE n.volunteer_id = person AND n.result = 'not_clear' AND n.checked_on <= on_day
                AND (n.checked_on, n.id) > (c.checked_on, c.id)))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [('people', '0001_initial')]

    operations = [migrations.RunSQL(sql) for sql in (TODAY, SQL_0)]
