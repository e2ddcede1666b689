"""What anybody may put into their calendar: a programme, and one lecture."""

import pytest
from django.test import Client

from diedie_edu.activities.actions import schedule
from diedie_edu.programmes.models import Programme
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.seats import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FEED = "/programmes/residents-school/calendar.ics"


def test_a_programmes_feed_holds_what_is_announced(make_lecture, events_at):
    make_lecture(title="书法")
    make_lecture(title="还没发布", state="draft")
    assert [event["summary"] for event in events_at(FEED)] == ["书法"]


def test_it_holds_no_other_programmes_dates(make_lecture, events_at):
    make_lecture(programme=Programme.objects.create(slug="happy-square", title_zh="快乐广场"))
    assert events_at(FEED) == []


def test_it_says_nothing_of_people(make_lecture, resident_user):
    lecture = make_lecture()
    before = Client().get(FEED).content
    enter(lecture, resident_user.resident)
    assert Client().get(FEED).content == before


def test_it_says_what_is_called_off(make_lecture, staff_user, events_at):
    lecture = make_lecture()
    schedule.call_off(activity=lecture, reason="台风", by=staff_user, now=NOW)
    (event,) = events_at(FEED)
    assert (event["status"], event["sequence"]) == ("CANCELLED", 2)


def test_an_unknown_programme_has_none():
    assert Client().get("/programmes/no-such/calendar.ics").status_code == 404


def test_costs_the_same_with_one_lecture_and_with_three(make_lecture):
    make_lecture()
    for_one = queries_of(Client(), FEED)
    make_lecture()
    make_lecture()
    assert queries_of(Client(), FEED) == for_one


def test_long_titles_are_folded_and_commas_kept(make_lecture, events_at):
    title = "家里的消防, 厨房; 电瓶车和逃生" * 4
    make_lecture(title=title)
    (event,) = events_at(FEED)
    assert event["summary"] == title
    assert max(map(len, Client().get(FEED).content.split(b"\r\n"))) <= 75


def test_one_lecture_can_be_kept(make_lecture, events_at):
    lecture = make_lecture(title="书法")
    make_lecture()
    (event,) = events_at(f"/activities/{lecture.pk}/calendar.ics")
    assert event["summary"] == "书法"
    page = Client().get(f"/lectures/{lecture.pk}/").content.decode()
    assert f"/activities/{lecture.pk}/calendar.ics" in page


def test_a_draft_cannot(make_lecture):
    lecture = make_lecture(state="draft")
    assert Client().get(f"/activities/{lecture.pk}/calendar.ics").status_code == 404
