"""No request grows with a table."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.reading import RowsRead
from diedie_edu.figures.lists import SESSIONS
from diedie_edu.jobs.models import Job
from diedie_edu.people.models import Resident, Topic
from diedie_edu.portal.base_data import load_plan
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.access_rows import rows
from tests.support.access_table import WHO
from tests.support.access_things import Things, make_things
from tests.support.exports import written
from tests.support.many_rows import multiply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
COPIES = 300
MOST = 200  # rows: two pages of a list, and what stands around them
# What these show has an end of its own, though the test's copies all fall into it.
ENDS_BY_ITSELF = {
    "the days that it shows": (
        "portal:calendar_month portal:month_of portal:calendar_week portal:week_of portal:poster "
        "portal:poster_of portal:programme_feed portal:desk activities:change_day"
    ),
    "one year": (
        "figures:dashboard figures:export figures:sessions_export office:desk office:board "
        "office:board_of publicity:went_out"
    ),
    "the children of one afternoon": (
        "after_school:session after_school:session_close after_school:session_sheet"
    ),
    "one person and their family": (
        "portal:person portal:person_merge_with portal:person_split activities:call_person "
        "admin:people_household_change"
    ),
    "one activity, class, enterprise, contact or picture": (
        "activities:word_to_all edu_base:places edu_base:nominating edu_base:enterprise "
        "office:contact publicity:picture"
    ),
    "one group and what was found there": (
        "happy_square:group_findings happy_square:group_guidance happy_square:complaint"
    ),
    "one line for each topic or building": (
        "residents_school:needs residents_school:board residents_school:board_list "
        "edu_base:mobilising"
    ),
    "those who hold power": (
        "portal:appointing portal:erasure office:version office:contact_new office:contact_change "
        "office:follow_up_new office:follow_up_change office:expense_add decisions:deputies "
        "edu_base:reviewers"
    ),
    "volunteers to choose from, of one kind": (
        "residents_school:lecture_create residents_school:lecture_change "
        "residents_school:lecture_speakers residents_school:season_create "
        "residents_school:season_change residents_school:season_change_from "
        "happy_square:festival_helper_add edu_base:event_helper_add"
    ),
    "dates lately and ahead": "office:promise_add",
    "what hangs on the row that goes": ("admin:edu_base_intake_delete admin:people_topic_delete"),
}
# Their keys and words have a form that a copy cannot keep.
NOT_COPIED = {
    *("activities_calendarfeed", "decisions_deputy", "edu_base_dwelling", "edu_base_enterprise"),
    *("files_storedfile", "office_expense"),
}


def read(client: Client, path: str) -> int:
    """How many rows a page reads."""
    counted = RowsRead(float("inf"))
    with connection.execute_wrapper(counted):
        client.get(path)
    return counted.number


@pytest.fixture
def readers(
    make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> dict[str, tuple[User | None, Client]]:
    """Whoever sees most comes first."""
    users = {letter: make_user(role, scope=scope) for letter, (role, scope) in WHO.items()}
    found = {letter: (users[letter], as_user(users[letter])) for letter in "slobcrug"}
    return {**found, "v": (None, Client())}


@pytest.fixture
def things(
    readers: dict[str, tuple[User | None, Client]],
    make_lecture: Callable[..., Lecture],
    stranger: User,
) -> Things:
    load_plan()
    users = [user for user, _client in readers.values() if user]
    return make_things(make_lecture, stranger, users)


def pages(
    things: Things, readers: dict[str, tuple[User | None, Client]]
) -> Iterator[tuple[str, str, Client]]:
    """Every address that somebody opens, with the first who does: its name, path and browser."""
    for name, which, answers in rows():
        opens = [letter for letter in readers if answers.get(letter, ("",))[0] == "200"]
        if opens and not which:
            user, client = readers[opens[0]]
            yield name, things.path(name, "", user), client


def test_no_page_reads_a_whole_table(
    things: Things, readers: dict[str, tuple[User | None, Client]]
) -> None:
    them = list(pages(things, readers))
    assert set(multiply(COPIES)) <= NOT_COPIED
    assert Resident.objects.count() > COPIES
    logging.disable(logging.CRITICAL)
    excused = {name for names in ENDS_BY_ITSELF.values() for name in names.split()}
    grown = {name: number for name, path, who in them if (number := read(who, path)) > MOST}
    logging.disable(logging.NOTSET)
    assert {name: number for name, number in grown.items() if name not in excused} == {}
    assert excused <= {name for name, _path, _who in them}


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
