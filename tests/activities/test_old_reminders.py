"""Reminders written before each named its sign-up get the one their person has."""

from importlib import import_module

import pytest
from django.db import connection

from diedie_edu.activities.models import Activity
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.seats import enter, make_residents

pytestmark = pytest.mark.django_db
NAME_THEM = import_module(
    "diedie_edu.activities.migrations.0006_reminders_name_their_sign_up"
).NAME_THEM


def old_reminder(resident: Resident, activity: Activity) -> Notice:
    return Notice.objects.create(
        kind="activities.reminder",
        recipient=resident,
        channel="inbox",
        dedupe_key=f"old:{resident.pk}",
        subject=f"activity:{activity.pk}",
        data={"activity": activity.pk},
        created_at=NOW,
        next_try_at=NOW,
    )


def test_an_old_reminder_names_the_sign_up_of_its_person_and_nobody_elses(make_lecture) -> None:
    activity = make_lecture(capacity=5)
    one, other, gone = make_residents(3)
    rows = [enter(activity, one), enter(activity, other)]
    notices = [old_reminder(person, activity) for person in (one, other, gone)]
    with connection.cursor() as cursor:
        cursor.execute(NAME_THEM)
    named = [Notice.objects.get(pk=row.pk).data["sign_up"] for row in notices]
    assert named == [rows[0].pk, rows[1].pk, 0]
