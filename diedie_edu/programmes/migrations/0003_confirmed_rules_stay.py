"""A version that somebody has confirmed stays as they read it."""

from django.db import migrations

STAYS = """
CREATE FUNCTION programmes_rules_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM programmes_ruleconfirmation WHERE version_id = OLD.id;
    IF FOUND THEN
        RAISE check_violation USING CONSTRAINT = 'rules_once_confirmed_stay_as_they_were',
            MESSAGE = 'Somebody has confirmed these rules. Write a new version.';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER rules_once_confirmed_stay_as_they_were
BEFORE UPDATE ON programmes_ruleversion
FOR EACH ROW EXECUTE FUNCTION programmes_rules_stay();
"""

UNDO = """
DROP TRIGGER rules_once_confirmed_stay_as_they_were ON programmes_ruleversion;
DROP FUNCTION programmes_rules_stay;
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_working_rules")]

    operations = [migrations.RunSQL(STAYS, UNDO)]
