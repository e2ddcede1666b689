"""Duties carry their occasion's times, and nobody is booked twice at a time.

A foreign key of four columns keeps the copy in step: whatever moves an occasion or calls it
off carries over (ON UPDATE CASCADE), and a duty with other times cannot be written. Two people
booked at one time stop this migration: release one of them first.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import diedie_edu.activities.models.activities

FILL = """
UPDATE activities_duty d SET starts_at = o.starts_at, ends_at = o.ends_at, is_off = o.is_called_off
FROM activities_occasion o WHERE o.id = d.occasion_id
"""
KEEP_IN_STEP = """
ALTER TABLE activities_duty ADD CONSTRAINT duty_keeps_its_occasions_times
FOREIGN KEY (occasion_id, starts_at, ends_at, is_off)
REFERENCES activities_occasion (id, starts_at, ends_at, is_called_off) ON UPDATE CASCADE
"""
LET_GO = "ALTER TABLE activities_duty DROP CONSTRAINT duty_keeps_its_occasions_times"


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_calendar_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "duty", "starts_at", models.DateTimeField("starts at", editable=False, null=True)
        ),
        migrations.AddField(
            "duty", "ends_at", models.DateTimeField("ends at", editable=False, null=True)
        ),
        migrations.AddField(
            "duty", "is_off", models.BooleanField("called off", editable=False, null=True)
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            "duty", "starts_at", models.DateTimeField("starts at", editable=False)
        ),
        migrations.AlterField("duty", "ends_at", models.DateTimeField("ends at", editable=False)),
        migrations.AlterField("duty", "is_off", models.BooleanField("called off", editable=False)),
        migrations.AddConstraint(
            "occasion",
            models.UniqueConstraint(
                fields=("id", "starts_at", "ends_at", "is_called_off"),
                name="occasion_with_its_times",
            ),
        ),
        migrations.RunSQL(KEEP_IN_STEP, LET_GO),
        migrations.AddConstraint(
            "duty",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="volunteer_at_one_place_at_a_time",
                expressions=[
                    ("volunteer", "="),
                    (
                        diedie_edu.activities.models.activities.TsTzRange(
                            "starts_at",
                            "ends_at",
                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                        ),
                        "&&",
                    ),
                ],
                condition=Q(volunteer__isnull=False, is_off=False),
            ),
        ),
        migrations.AddField(
            "duty",
            "signed_in_at",
            models.DateTimeField("signed in at", blank=True, null=True),
        ),
        migrations.AddField(
            "duty",
            "signed_out_at",
            models.DateTimeField("signed out at", blank=True, null=True),
        ),
        migrations.AddField(
            "duty",
            "served_minutes",
            models.PositiveSmallIntegerField("minutes served", blank=True, null=True),
        ),
        migrations.AddField(
            "duty",
            "confirmed_at",
            models.DateTimeField("minutes confirmed at", blank=True, null=True),
        ),
        migrations.AddField(
            "duty",
            "confirmed_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                django.db.models.deletion.SET_NULL,
                null=True,
                blank=True,
                related_name="+",
                verbose_name="minutes confirmed by",
            ),
        ),
        migrations.AddConstraint(
            "duty",
            models.CheckConstraint(
                condition=Q(signed_out_at=None) | Q(signed_out_at__gt=F("signed_in_at")),
                name="duty_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            "duty",
            models.CheckConstraint(
                condition=Q(signed_out_at=None) | Q(signed_in_at__isnull=False),
                name="who_signs_out_has_signed_in",
            ),
        ),
        migrations.AddConstraint(
            "duty",
            models.CheckConstraint(
                condition=Q(served_minutes=None) | Q(served_minutes__gt=0),
                name="duty_served_takes_time",
            ),
        ),
        migrations.AddConstraint(
            "duty",
            models.CheckConstraint(
                condition=Q(volunteer__isnull=False) | Q(signed_in_at=None, served_minutes=None),
                name="a_free_slot_is_not_served",
            ),
        ),
        migrations.AddConstraint(
            "duty",
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, served_minutes__isnull=False),
                name="what_is_confirmed_are_minutes",
            ),
        ),
    ]
