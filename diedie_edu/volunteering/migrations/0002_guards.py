"""What the database itself holds to: see the README of the app."""

from django.db import migrations

SQL_0 = """
ALTER TABLE volunteering_duty ADD CONSTRAINT duty_keeps_its_occasions_times
FOREIGN KEY (occasion_id, starts_at, ends_at, is_off)
REFERENCES activities_occasion (id, starts_at, ends_at, is_called_off) ON UPDATE CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [('volunteering', '0001_initial')]

    operations = [migrations.RunSQL(sql) for sql in (SQL_0,)]
