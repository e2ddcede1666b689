"""The calendar by month and by week."""

from datetime import date, time

import pytest
from django.test import Client

from diedie_edu.activities.actions import schedule
from diedie_edu.venues.models import SpecialDay
from tests.conftest import NOW
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONTH, WEEK = "/calendar/", "/calendar/week/"


def occasions_on(url: str) -> dict[str, list[str]]:
    """Day: titles, of the days that have any."""
    days = [day for week in Client().get(url).context["weeks"] for day in week]
    return {
        str(day.date): [row.activity.title for row in day.occasions]
        for day in days
        if day.occasions
    }


@pytest.mark.parametrize("url", [MONTH, WEEK, "/calendar/2026/11/", "/calendar/week/2026/11/25/"])
def test_shows_each_lecture_on_its_day(make_lecture, url):
    make_lecture(title="书法")
    make_lecture(title="摄影", starts=time(8, 0))
    make_lecture(title="还没发布", state="draft")
    assert occasions_on(url) == {"2026-11-28": ["摄影", "书法"]}


def test_a_day_begins_at_midnight_here(make_lecture):
    make_lecture(title="早课", day=date(2026, 12, 1), starts=time(0, 30))
    assert occasions_on("/calendar/2026/12/") == {"2026-12-01": ["早课"]}
    assert occasions_on(MONTH) == {}


def test_every_lecture_leads_to_its_page(make_lecture):
    lecture = make_lecture()
    assert f"/activities/{lecture.pk}/" in Client().get(MONTH).content.decode()


def test_what_is_called_off_says_so(make_lecture, staff_user):
    lecture = make_lecture()
    schedule.call_off(activity=lecture, reason="台风", by=staff_user, now=NOW)
    assert "is-off" in Client().get(MONTH).content.decode()


def test_names_festivals_and_closed_days(make_lecture):
    SpecialDay.objects.create(day=date(2026, 11, 28), kind="closed", reason="台风")
    assert "台风" in Client().get(WEEK).content.decode()
    assert "国庆节" in Client().get("/calendar/2026/10/").content.decode()


def test_leads_on_and_back_and_to_the_other_view():
    page = Client().get("/calendar/2026/12/")
    assert page.context["previous"] == "/calendar/2026/11/"
    assert page.context["next"] == "/calendar/2027/1/"
    assert page.context["today"] == MONTH
    assert [tab["url"] for tab in page.context["tabs"]] == [
        "/calendar/2026/12/",
        "/calendar/week/2026/12/1/",
        "/rooms/?day=2026-12-01",
    ]


def test_the_week_of_today_is_the_other_view_of_this_month():
    assert Client().get(MONTH).context["tabs"][1]["url"] == "/calendar/week/2026/11/23/"
    assert Client().get(WEEK).context["today"] == ""


def test_the_pages_end_somewhere():
    page = Client().get("/calendar/2028/12/")
    assert (page.context["previous"], page.context["next"]) == ("/calendar/2028/11/", "")


@pytest.mark.parametrize(
    "day", ["0/5", "2029/1", "2026/13", "9999/12", "99999999999999999999/1", "week/2026/2/30"]
)
def test_there_is_no_such_day(day):
    assert Client().get(f"/calendar/{day}/").status_code == 404


@pytest.mark.parametrize("url", [MONTH, WEEK])
def test_costs_the_same_with_one_lecture_and_with_three(make_lecture, url):
    make_lecture()
    for_one = queries_of(Client(), url)
    make_lecture(day=date(2026, 11, 29))
    make_lecture()
    assert queries_of(Client(), url) == for_one


def test_lectures_lead_to_the_calendar():
    assert 'href="/calendar/"' in Client().get("/lectures/").content.decode()
