"""Reads that more than one door needs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from diedie_edu.activities import participants
from diedie_edu.activities.models import SignUp
from diedie_edu.activities.queries import occasions, sign_ups
from diedie_edu.common.days import moment
from diedie_edu.people.models import Resident, Volunteer
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.duties import on_duty
from tests.support.seats import enter, fill

pytestmark = pytest.mark.django_db


def test_occasions_of_a_day_drafts_and_called_off_ones_too(
    make_lecture: Callable[..., Lecture],
) -> None:
    shown = [make_lecture(), make_lecture(state="draft")]
    shown.append(make_lecture(state="called_off", call_off_reason="x"))
    make_lecture(day=SATURDAY + timedelta(days=1))
    start, end = moment(SATURDAY), moment(SATURDAY + timedelta(days=1))
    found = occasions.occasions_between(start, end)
    assert {row.activity_id for row in found} == {row.pk for row in shown}


def test_a_day_begins_at_local_midnight(make_lecture: Callable[..., Lecture]) -> None:
    early = make_lecture(starts=moment(SATURDAY).time())
    found = occasions.occasions_between(moment(SATURDAY), moment(SATURDAY + timedelta(days=1)))
    before = occasions.occasions_between(moment(SATURDAY - timedelta(days=1)), moment(SATURDAY))
    assert [row.activity_id for row in found] == [early.pk]
    assert not before


def test_each_occasion_carries_its_queue(make_lecture: Callable[..., Lecture]) -> None:
    fill(make_lecture(capacity=1), 3)
    make_lecture(capacity=1)
    found = occasions.occasions_between(NOW, NOW + timedelta(days=30))
    assert sorted(row.waiting for row in found) == [0, 2]


def test_a_cancelled_sign_up_is_not_a_live_one(make_lecture: Callable[..., Lecture]) -> None:
    lecture = make_lecture()
    (row,) = fill(lecture, 1)
    assert sign_ups.live_sign_up(lecture.pk, row.resident_id) == row
    SignUp.objects.update(status="cancelled", cancelled_at=NOW)
    assert sign_ups.live_sign_up(lecture.pk, row.resident_id) is None


def test_whoever_both_comes_and_speaks_is_told_once(make_lecture: Callable[..., Lecture]) -> None:
    lecture = make_lecture()
    (row,) = fill(lecture, 1)
    volunteer = Volunteer.objects.create(resident=row.resident, kinds=["expert"])
    on_duty(lecture.occasion, volunteer)
    assert participants.people_of(lecture.pk) == [row.resident_id]


def test_the_register_is_sorted_by_pinyin(
    make_lecture: Callable[..., Lecture], make_resident: Callable[..., Resident]
) -> None:
    lecture = make_lecture()
    for name in ("张伟", "单田芳", "安心", "曾国藩", "李雷"):
        reading = {"单田芳": "shan", "曾国藩": "zeng"}.get(name, "")
        enter(lecture, make_resident(full_name=name, surname_reading=reading))
    names = [row.resident.full_name for row in sign_ups.seated(lecture.pk)]
    assert names == ["安心", "李雷", "单田芳", "曾国藩", "张伟"]


def test_only_seats_are_in_the_register(make_lecture: Callable[..., Lecture]) -> None:
    lecture = make_lecture(capacity=2)
    rows = fill(lecture, 3)
    assert set(sign_ups.seated(lecture.pk)) == set(rows[:2])


def test_everybody_sees_how_many_stand_before_them(make_lecture: Callable[..., Lecture]) -> None:
    lectures = [make_lecture(capacity=1), make_lecture(capacity=1)]
    rows = [row for lecture in lectures for row in fill(lecture, 3)[1:]]
    ahead = sign_ups.people_ahead(rows)
    assert [ahead[row.pk] for row in rows] == [0, 1, 0, 1]


def test_the_queue_moves_up(make_lecture: Callable[..., Lecture]) -> None:
    _seated, first, second = fill(make_lecture(capacity=1), 3)
    SignUp.objects.filter(pk=first.pk).update(status="cancelled", cancelled_at=NOW)
    assert sign_ups.people_ahead([first, second]) == {second.pk: 0}


def test_positions_cost_one_query_and_none_without_a_queue(
    make_lecture: Callable[..., Lecture], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = fill(make_lecture(capacity=1), 4)[1:]
    with django_assert_num_queries(1):
        sign_ups.people_ahead(rows)
    with django_assert_num_queries(0):
        assert sign_ups.people_ahead([]) == {}
