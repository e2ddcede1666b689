"""Who is cleared on which day, and what a clearance cannot be."""

from datetime import date, timedelta

import pytest
from django.db import connection

from diedie_edu.people.models import Clearance, Volunteer
from tests.support.refusals import guard_that_stops

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def volunteer(make_resident) -> Volunteer:
    return Volunteer.objects.create(resident=make_resident(), kinds=["community"])


@pytest.fixture
def check(volunteer, staff_user):
    def check(result: str = "clear", on: date = DAY, days: int = 365) -> Clearance:
        return Clearance.objects.create(
            volunteer=volunteer,
            result=result,
            checked_on=on,
            valid_until=on + timedelta(days=days),
            checked_by=staff_user,
        )

    return check


def is_cleared(volunteer: Volunteer, day: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_is_cleared(%s, %s)", [volunteer.pk, day])
        return cursor.fetchone()[0]


def test_nobody_is_cleared_without_a_check(volunteer):
    assert not is_cleared(volunteer, DAY)


def test_a_clear_check_holds_from_its_day_to_its_last(volunteer, check):
    last = check().valid_until
    days = [DAY - timedelta(days=1), DAY, last, last + timedelta(days=1)]
    assert [is_cleared(volunteer, day) for day in days] == [False, True, True, False]


def test_a_later_check_that_is_not_clear_ends_it_from_its_day_on(volunteer, check):
    check()
    check("not_clear", DAY + timedelta(days=10))
    days = [DAY + timedelta(days=9), DAY + timedelta(days=10), DAY + timedelta(days=300)]
    assert [is_cleared(volunteer, day) for day in days] == [True, False, False]


def test_who_is_checked_again_and_clear_is_cleared(volunteer, check):
    check("not_clear", DAY - timedelta(days=10))
    check()
    assert is_cleared(volunteer, DAY)


def test_a_clearance_has_a_known_result_and_an_end(check):
    assert guard_that_stops(lambda: check("perhaps")) == "clearance_result_is_known"
    assert guard_that_stops(lambda: check(days=-1)) == "clearance_holds_from_its_check_on"
