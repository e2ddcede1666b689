"""What the database itself holds to: see the README of the app."""

from django.db import migrations

SQL_0 = """
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


class Migration(migrations.Migration):
    dependencies = [('programmes', '0001_initial')]

    operations = [migrations.RunSQL(sql) for sql in (SQL_0,)]
