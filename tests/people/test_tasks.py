from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command

from diedie_edu.celery import app
from diedie_edu.people import tasks
from diedie_edu.people.models import ImportJob
from tests.people.conftest import CHEN, RESIDENTS, WANG

pytestmark = pytest.mark.django_db


def test_the_bells_ring_for_tasks_that_exist():
    app.loader.import_default_modules()
    ours = {
        row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values() if "people" in row["task"]
    }

    assert ours == {
        "diedie_edu.people.tasks.run_imports",
        "diedie_edu.people.tasks.tidy_up_imports",
        "diedie_edu.people.tasks.keep_promises_to_children",
    }
    assert ours <= set(app.tasks)


@pytest.mark.parametrize(
    "run", [tasks.run_imports, lambda: call_command("run_imports", once=True)], ids=["bell", "loop"]
)
def test_every_waiting_list_is_checked(upload, run):
    upload(RESIDENTS, CHEN)
    upload(RESIDENTS, WANG)

    run()

    assert set(ImportJob.objects.values_list("status", flat=True)) == {"ready"}


def test_old_lists_are_discarded_by_the_hour(checked, clock, now):
    job = checked(RESIDENTS, CHEN)
    ImportJob.objects.update(uploaded_at=now - timedelta(days=2))

    tasks.tidy_up_imports()

    job.refresh_from_db()
    assert job.status == "discarded"
