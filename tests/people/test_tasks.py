from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from diedie_edu.celery import app
from diedie_edu.common.days import moment
from diedie_edu.jobs.tasks import run_jobs
from diedie_edu.lists.models import ImportJob
from diedie_edu.lists.tasks import tidy_up_imports
from diedie_edu.people import tasks
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, Resident
from tests.conftest import NOW
from tests.people.conftest import CHEN, RESIDENTS, WANG
from tests.support.children import NINE, consented, somebody
from tests.support.refusals import check_at_once

pytestmark = pytest.mark.django_db


def test_the_bells_ring_for_tasks_that_exist():
    app.loader.import_default_modules()
    ours = {
        row["task"]
        for row in settings.CELERY_BEAT_SCHEDULE.values()
        if row["task"].split(".")[1] in {"people", "lists", "jobs", "files"}
    }

    assert ours == {
        "diedie_edu.files.tasks.sweep",
        "diedie_edu.jobs.tasks.run_jobs",
        "diedie_edu.lists.tasks.tidy_up_imports",
        "diedie_edu.people.tasks.apply_retention",
        "diedie_edu.people.tasks.erase_who_asked",
    }
    assert ours <= set(app.tasks)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "run", [run_jobs, lambda: call_command("run_jobs", once=True)], ids=["bell", "loop"]
)
def test_every_waiting_list_is_checked(upload, run):
    upload(RESIDENTS, CHEN)
    upload(RESIDENTS, WANG)

    run()

    assert {job.status for job in ImportJob.objects.all()} == {"ready"}


def test_old_lists_are_discarded_by_the_hour(checked, clock, now):
    job = checked(RESIDENTS, CHEN)
    ImportJob.objects.update(asked_at=now - timedelta(days=2))

    tidy_up_imports()

    job.refresh_from_db()
    assert job.status == "discarded"


@pytest.fixture
def locked_child(make_resident):
    """A child whose guardian has withdrawn the consent."""
    with transaction.atomic():
        child = consented(make_resident(birth_date=NINE))
    check_at_once()
    consents.end_consent(consent=Consent.objects.get(), ending="online", by=somebody(), now=NOW)
    child.refresh_from_db()
    return child


@pytest.mark.parametrize(
    "run",
    [tasks.apply_retention, lambda: call_command("apply_retention")],
    ids=["bell", "command"],
)
def test_a_child_is_erased_on_the_promised_day(locked_child, clock, run):
    clock.move_to(moment(locked_child.erase_due_on) - timedelta(minutes=1))
    run()
    assert Resident.objects.filter(pk=locked_child.pk).exists()
    clock.move_to(moment(locked_child.erase_due_on))
    for _twice in range(2):
        run()
    assert not Resident.objects.filter(pk=locked_child.pk).exists()


def test_the_command_says_how_many_and_names_nobody(locked_child, clock, capsys):
    clock.move_to(moment(locked_child.erase_due_on))
    call_command("apply_retention")
    assert capsys.readouterr().out == "consents ended: 0, children erased: 1\n"
