"""No request grows with a table."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from diedie_edu.accounts import admin_paging
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.figures.lists import SESSIONS
from diedie_edu.jobs.models import Job
from diedie_edu.people.models import Resident, Topic
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.access_things import Things
from tests.support.bounds import (
    COPIES,
    EXCUSED,
    MOST,
    NOT_COPIED,
    POSTED,
    Readers,
    chosen,
    forms_of,
    pages,
    posts,
    rows_read,
)
from tests.support.exports import written
from tests.support.many_rows import multiply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_no_page_reads_a_whole_table(things: Things, readers: Readers) -> None:
    them = list(pages(things, readers))
    many_rows()
    read = {name: rows_read(partial(who.get, path)) for name, path, who in them}
    grown = {name: number for name, number in read.items() if number > MOST}
    assert {name: number for name, number in grown.items() if name not in EXCUSED} == {}
    assert read.keys() >= EXCUSED


def test_no_answer_to_a_post_does(
    things: Things, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exports, previews, what is done to all chosen rows of the admin site."""
    monkeypatch.setattr(admin_paging, "MOST", COPIES // 2)  # more than a page of a list
    them = [*posts(things, readers), *forms_of(pages(things, readers)), *chosen(readers)]
    many_rows()
    read = [(name, rows_read(send)) for name, send in them]
    grown = {name: number for name, number in read if number > MOST}
    assert {name: number for name, number in grown.items() if name not in EXCUSED | POSTED} == {}
    assert {name for name, _number in read} >= POSTED
    assert len(read) > 900


def test_without_an_end_they_would(things: Things, readers: Readers) -> None:
    """The negative control: so many rows stand below the number that the admin site asks for."""
    them = list(chosen(readers))
    many_rows()
    assert "admin:people_organisation_changelist" in {
        name for name, send in them if rows_read(send) > MOST
    }


def many_rows() -> None:
    assert set(multiply(COPIES)) <= NOT_COPIED
    assert Resident.objects.count() > COPIES


# --- The bound in production -----------------------------------------------------------


PAGE = "/needs/"  # with all topics


@pytest.fixture
def topics(topic: Topic) -> None:
    Topic.objects.bulk_create(Topic(area=topic.area, title_zh=f"专题{n}") for n in range(60))


@pytest.mark.usefixtures("topics")
def test_whoever_asks_for_too_much_is_told_so(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ROWS_PER_REQUEST = 50
    answer = Client().get(PAGE)
    assert answer.status_code == 503
    assert "一个页面放不下这么多" in answer.text
    assert "residents_school:needs reads too many rows" in caplog.text


@pytest.mark.usefixtures("topics")
def test_as_much_as_may_be_is_shown(settings: Settings) -> None:
    settings.ROWS_PER_REQUEST = 200
    assert Client().get(PAGE).status_code == 200


@pytest.mark.usefixtures("topics")
def test_without_the_look_it_would_be_read(settings: Settings) -> None:
    """The negative control."""
    settings.ROWS_PER_REQUEST = 50
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "BoundedReading" not in name]
    assert Client().get(PAGE).status_code == 200


# --- Pages that had no end -------------------------------------------------------------


def test_a_long_list_of_sessions_is_a_job(
    staff_user: User,
    as_user: Callable[[User], Client],
    make_lecture: Callable[..., Lecture],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staff, opened = as_user(staff_user), NOW - timedelta(days=20)
    make_lecture(day=NOW.date() - timedelta(days=9), sign_up_opens_at=opened)
    file = reverse("figures:sessions_export", args=["residents-school", "year-2026"])
    assert staff.get(file).headers["Content-Type"].endswith("sheet")
    monkeypatch.setattr("diedie_edu.figures.views.sessions.AT_ONCE", 0)
    assert staff.get(file).headers["Content-Type"].startswith("text/html")
    assert staff.post(file).status_code == 302
    job = Job.objects.get(kind=SESSIONS.slug)
    assert written(job).state == "done"
    assert staff.get(reverse("files:file", args=[job.result.key])).status_code == 200


def test_only_who_reads_figures_there_gets_the_file(
    make_user: Callable[..., User],
) -> None:
    lead = make_user(Role.PROGRAMME_LEAD, scope="happy-square")
    assert SESSIONS.may(lead, {"programme": "happy-square"})
    assert not SESSIONS.may(lead, {"programme": "residents-school"})
