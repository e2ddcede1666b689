"""The link of a reminder leads to one person's place, so each names its sign-up from now on.

Those written before get the one their person has or had; 0 where it has gone, which opens nothing.
"""

from django.db import migrations

NAME_THEM = """
UPDATE notices_notice n SET data = n.data || jsonb_build_object('sign_up', coalesce(
    (SELECT max(s.id) FROM activities_signup s
     WHERE s.resident_id = n.recipient_id AND s.activity_id::text = n.data->>'activity'), 0))
WHERE n.kind = 'activities.reminder' AND NOT n.data ? 'sign_up'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0005_places_and_offers"),
        ("notices", "0001_initial"),
    ]

    operations = [migrations.RunSQL(NAME_THEM, migrations.RunSQL.noop)]
