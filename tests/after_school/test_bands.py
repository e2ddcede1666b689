"""The band on every page of a child: one answer to "is my child safe now?"."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from after_school.models import Absence, Presence, Session
from after_school.queries.bands import Band, children_of
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.afternoons import at
from tests.support.community import known_as
from tests.support.duties import on_duty as put_on_duty
from tests.support.occasions import rebook

pytestmark = pytest.mark.django_db


@pytest.fixture
def band(mother, enrolment, session):
    """The child's band at a time of today."""

    def read(hour: int, minute: int = 0) -> Band:
        [child] = children_of(mother, at(hour, minute))
        [found] = child.bands
        return found

    return read


def test_before_the_start_the_child_is_expected_in_its_room(band, session):
    Session.objects.update(state="planned", opened_at=None, opened_by=None)
    found = band(16)
    assert (found.tone, found.title) == ("amber", "16:30 等孩子来")
    assert "课业辅导区" in found.text
    assert found.numbers == ()


def test_after_the_start_a_child_that_has_not_come_is_not_here_yet(band):
    assert (band(16, 29).title, band(16, 31).title) == ("16:30 等孩子来", "还没到，16:30 开始")


def test_an_afternoon_that_nobody_opened_is_red_with_numbers_to_ring(band):
    known_as(phones={"after-school": "0757-1"})
    Session.objects.update(state="planned", opened_at=None, opened_by=None)
    found = band(16, 36)
    assert (found.tone, found.title) == ("brick", "还没有开放签到")
    assert ("四点半学校", "0757-1") in list(found.numbers)


def test_a_child_inside_is_green_with_room_and_who_is_on_duty(band, presence, on_duty):
    Presence.objects.update(arrived_at=at(16, 28))
    found = band(17)
    assert (found.tone, found.title) == ("leaf", "在校，16:28 到的")
    assert on_duty.resident.full_name in found.text


@pytest.fixture
def on_duty(make_volunteer, session, homework):
    occasion = Occasion.objects.get(zone_day__session=session, zone_day__zone=homework)
    return put_on_duty(occasion, make_volunteer(full_name="卫老师"), "care").volunteer


def test_a_child_still_inside_after_the_end_is_red(band, presence):
    assert band(19, 5).tone == "brick"


def test_whom_a_child_went_with_is_said(band, presence, collector, staff_user):
    Presence.objects.update(
        left_at=at(18, 5), left_by=staff_user, collector=collector, checked_how="known"
    )
    found = band(18, 30)
    assert (found.tone, found.title) == ("indigo", "18:05 已回家")
    assert "李梅" in found.text


def test_a_child_missing_is_red_before_anybody_has_been_told(band):
    assert (band(16, 49).tone, band(16, 51).tone) == ("amber", "brick")


def test_an_absent_child_is_not_missing(band, enrolment, mother):
    Absence.objects.create(
        enrolment=enrolment, first_day=TODAY, last_day=TODAY, reported_by=mother, reported_at=NOW
    )
    assert band(17).title == "今天请假"


def test_a_day_called_off_and_a_weekday_on_which_it_does_not_come(band, enrolment):
    enrolment.weekdays = [2]
    enrolment.save()
    assert band(17).title == "今天不用来"
    rebook(is_off=True)
    assert "取消" in band(17).title


def test_a_child_who_waits_reads_that_it_waits(band, enrolment):
    enrolment.sign_up.status, enrolment.sign_up.seated_at = "waiting", None
    enrolment.sign_up.save()
    assert band(17).title == "在排队"


def test_a_guardian_of_two_finds_both_on_the_home_page_above_all_else(
    as_user, mother, make_child, enrol_child, presence
):
    enrol_child(make_child(full_name="陈小贝"))
    with time_machine.travel(at(17), tick=False):
        home = as_user(mother).get("/").content.decode()
        mine = as_user(mother).get("/me/").content.decode()
    for page in (home, mine):
        assert page.index("陈小宝") < page.index("陈小贝")
        assert page.count('class="band ') == 2
    assert home.index('class="band ') < home.index('class="hero')


def test_the_week_behind_says_how_each_day_went(
    mother, enrolment, make_session, term, session, homework, staff_user, collector
):
    friday = make_session(term, TODAY.replace(day=20), "closed")
    make_session(term, TODAY.replace(day=19), "closed")
    enrolment.sign_up.seated_at = moment(TODAY.replace(day=1))
    enrolment.sign_up.save()
    Session.objects.filter(pk=friday.pk).update(state="open", closed_at=None, closed_by=None)
    Presence.objects.create(
        session=friday,
        enrolment=enrolment,
        term=term,
        child=enrolment.child,
        zone=homework,
        arrived_at=moment(friday.day),
        arrived_by=staff_user,
        left_at=moment(friday.day),
        left_by=staff_user,
        collector=collector,
        checked_how="known",
    )
    [child] = children_of(mother, at(17))
    assert [(row.session.day.day, row.standing) for row in child.behind] == [
        (19, "not_come"),
        (20, "gone"),
    ]


def test_of_a_week_before_its_first_day_nothing_is_said(mother, enrolment, make_session, term):
    make_session(term, TODAY.replace(day=20), "closed")
    enrolment.sign_up.seated_at = moment(TODAY)
    enrolment.sign_up.save()
    [child] = children_of(mother, at(17))
    assert child.behind == []


def test_a_longer_week_takes_no_more_queries(
    mother, enrolment, make_session, term, session, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as short:
        children_of(mother, at(17))
    make_session(term, TODAY.replace(day=20), "closed")
    make_session(term, TODAY.replace(day=19), "closed")
    with django_assert_num_queries(len(short)):
        children_of(mother, at(17))
