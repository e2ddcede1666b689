"""The afternoons in calendars: the school's public ones, and a child's for its guardian."""

from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar, Event

from diedie_edu.common.days import local_day
from diedie_edu.portal.calendar.actions import renew_feed
from tests.after_school.conftest import TODAY
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WEDNESDAY = date(2026, 11, 25)


def events_at(url: str) -> list[Event]:
    return list(Calendar.from_ical(Client().get(url).content).events)


def test_the_schools_feed_holds_an_afternoon_once_though_it_has_two_rooms(term, make_session):
    make_session(term)
    make_session(term, WEDNESDAY)
    feed = events_at("/programmes/after-school/calendar.ics")
    assert [event["summary"] for event in feed] == [term.title] * 2


def test_a_guardians_own_feed_holds_the_childs_afternoons_and_no_name(
    term, make_session, mother, enrol_child, child
):
    enrol_child(child, weekdays=[1])
    make_session(term)
    make_session(term, WEDNESDAY)
    (event,) = events_at(f"/calendar/feeds/{renew_feed(by=mother, now=NOW)}.ics")
    assert (local_day(event.start), event["status"]) == (TODAY, "CONFIRMED")
    assert child.full_name not in str(event.to_ical(), "utf-8")
    assert "家" in event["description"]


def test_another_childs_afternoons_are_in_nobody_elses_feed(
    term, make_session, resident_user, enrolment
):
    make_session(term)
    assert events_at(f"/calendar/feeds/{renew_feed(by=resident_user, now=NOW)}.ics") == []


def test_whoever_is_barred_reads_no_afternoons(term, make_session, mother, enrolment, collector):
    make_session(term)
    collector.barred_at, collector.barred_reason = NOW, "法院判决"
    collector.barred_by = mother
    collector.save()
    assert events_at(f"/calendar/feeds/{renew_feed(by=mother, now=NOW)}.ics") == []
