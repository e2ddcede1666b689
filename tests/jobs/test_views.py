"""The pages of long work: under way, ready, over."""

from datetime import timedelta

import pytest
from django.urls import reverse

from diedie_edu.accounts.models import RoleGrant
from diedie_edu.accounts.permissions import Role
from diedie_edu.files.actions import store
from diedie_edu.jobs.models import Job
from tests.conftest import NOW
from tests.people.conftest import CHEN, RESIDENTS
from tests.support.counting import queries_of
from tests.support.exports import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def desk(as_user, staff_user):
    browser = as_user(staff_user)
    browser.cookies["django_language"] = "en"
    return browser


def page_of(desk, job: Job):
    return desk.get(reverse("jobs:job", args=[job.pk]))


def test_a_page_looks_by_itself_until_the_file_is_ready(desk, ask):
    job = ask()
    page = page_of(desk, job)
    assert page["Refresh"] == "2"
    assert "It begins in a moment" in page.text
    assert desk.get(reverse("jobs:job_list"))["Refresh"] == "2"

    written(job)
    page = page_of(desk, job)
    assert "Refresh" not in page
    assert reverse("files:file", args=[job.result.key]) in page.text
    assert reverse("files:file", args=[job.result.key]) in desk.get(reverse("jobs:job_list")).text


def test_it_says_how_far_it_is(desk, ask):
    job = ask()
    Job.objects.update(
        state="working",
        lease="0" * 32,
        lease_until=NOW + timedelta(minutes=1),
        rows_total=100_000,
        rows_done=2000,
    )

    page = page_of(desk, job).text
    assert 'value="2000" max="100000"' in page
    assert "Stop it" in page


def test_a_file_is_its_askers_alone_and_as_long_as_they_may(
    desk, ask, as_user, make_user, staff_user
):
    job = written(ask())
    file = reverse("files:file", args=[job.result.key])
    colleague = as_user(make_user(Role.STAFF))

    assert desk.get(file).status_code == 200
    assert colleague.get(file).status_code == 404
    assert page_of(colleague, job).status_code == 404
    assert colleague.post(reverse("jobs:job_cancel", args=[job.pk])).status_code == 404
    assert colleague.get(reverse("jobs:job_list")).context["rows"] == []

    RoleGrant.objects.filter(user=staff_user).update(role=Role.BRANCH_LEAD)
    assert desk.get(file).status_code == 404


def test_after_a_day_the_file_is_gone_and_the_page_says_so(
    desk, ask, clock, media, django_capture_on_commit_callbacks
):
    job = written(ask())
    clock.move_to(NOW + timedelta(days=1))
    assert "This file is deleted" in page_of(desk, job).text

    with django_capture_on_commit_callbacks(execute=True):
        store.sweep(now=NOW + timedelta(days=1))
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", None)
    assert "This file is deleted" in page_of(desk, job).text
    assert "deleted</span>" in desk.get(reverse("jobs:job_list")).text
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_what_is_stopped_ends_and_a_second_tap_changes_nothing(desk, ask):
    job = ask()
    for _tap in range(2):
        assert desk.post(reverse("jobs:job_cancel", args=[job.pk])).status_code == 302

    assert "You have stopped it" in page_of(desk, job).text


@pytest.mark.parametrize(
    ("state", "words"), [("failed", "The work has stopped"), ("refused", "This is not possible")]
)
def test_a_page_of_every_end_leads_to_where_it_is_asked_for(desk, ask, state, words):
    job = ask()
    Job.objects.update(state=state, ended_at=NOW)

    page = page_of(desk, job).text
    assert words in page
    assert reverse("lists:imports") in page


def test_an_import_is_among_them_and_keeps_its_page(desk, checked):
    job = checked(RESIDENTS, CHEN)
    own = reverse("lists:import_job", args=[job.pk])

    assert own in desk.get(reverse("jobs:job_list")).text
    assert page_of(desk, job).url == own
    desk.post(reverse("jobs:job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.status == "ready"


def test_the_list_costs_as_many_queries_for_three(desk, ask):
    written(ask())
    one = queries_of(desk, reverse("jobs:job_list"))
    for slug in ("volunteers", "partners"):
        written(ask(list=slug))

    assert queries_of(desk, reverse("jobs:job_list")) == one
