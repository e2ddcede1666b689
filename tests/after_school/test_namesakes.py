"""Two children of one name are told apart on every list one taps, by the least that differs."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from after_school.models import Presence
from diedie_edu.common.days import moment
from tests.after_school.conftest import TODAY
from tests.attacks.test_look_alikes import words_of

pytestmark = pytest.mark.django_db
FIVE = moment(TODAY, time(17, 0))
MARCH, JULY = date(2017, 3, 21), date(2017, 7, 2)


@pytest.fixture(autouse=True)
def five():
    with time_machine.travel(FIVE, tick=False):
        yield


@pytest.fixture
def desk(as_user, staff_user):
    return as_user(staff_user)


@pytest.fixture
def enrol_two(session, make_child, enrol_child, make_user):
    """Of one name and one grade."""

    def enrol(first: str, second: str):
        made = {MARCH: first, JULY: second}
        return [
            enrol_child(
                make_child(make_user(), full_name="冼小宝", birth_date=born), class_name=of_class
            )
            for born, of_class in made.items()
        ]

    return enrol


def pages(session):
    yield reverse("after_school:session", args=[session.pk])
    yield reverse("after_school:term_children", args=[session.term_id])


def test_the_class_is_enough_where_it_differs(desk, session, enrol_two):
    enrol_two("一班", "二班")
    for page in pages(session):
        said = words_of(desk.get(page))
        assert "三年级 一班" in said, page
        assert "三年级 二班" in said
        assert "月生" not in said
        assert "2017" not in said


def test_the_month_of_birth_where_they_share_a_class(desk, session, enrol_two):
    enrol_two("一班", "一班")
    for page in pages(session):
        said = words_of(desk.get(page))
        assert "3月生" in said, page
        assert "7月生" in said
        assert "2017年" not in said


def test_their_buttons_are_told_apart_when_read_aloud(desk, session, enrol_two):
    enrol_two("一班", "二班")
    page = desk.get(reverse("after_school:session", args=[session.pk])).text

    assert ": 冼小宝 · 三年级 一班</span>" in page
    assert ": 冼小宝 · 三年级 二班</span>" in page


def test_those_who_are_still_here(desk, session, enrol_two, homework, staff_user):
    for enrolment in enrol_two("一班", "二班"):
        Presence.objects.create(
            session=session,
            enrolment=enrolment,
            term=session.term,
            child=enrolment.child,
            arrived_at=FIVE,
            arrived_by=staff_user,
            zone=homework,
        )

    said = words_of(desk.get(reverse("after_school:still_here", args=[session.pk])))

    assert "3月生" in said
    assert "7月生" in said


def test_of_one_child_nothing_is_told(desk, session, enrol_child, make_child, make_user):
    enrol_child(make_child(make_user(), full_name="冼小宝", birth_date=MARCH), class_name="一班")
    for page in pages(session):
        said = words_of(desk.get(page))
        assert "冼小宝" in said
        assert "一班" not in said
        assert "月生" not in said
