"""A row's programme, read from what its model says, without a database."""

import pytest
from django.db.models import Q

from after_school.models import DayTopic, Term
from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.common.belonging import EVERYWHERE, belonging, is_within
from diedie_edu.people.models import Topic
from diedie_edu.programmes.models import Programme

SCHOOL, SQUARE = "after-school", "happy-square"
TERM = Term(programme=Programme(slug=SCHOOL))


@pytest.mark.parametrize(
    "row", [TERM, Activity(programme=TERM.programme), SignUp(activity=TERM), DayTopic()]
)
def test_a_right_counts_for_rows_of_its_programme_and_everywhere_for_all(row):
    assert is_within(row, {SCHOOL})
    assert is_within(row, {SQUARE, EVERYWHERE})
    assert not is_within(row, {SQUARE})
    assert not is_within(row, set())


def test_a_right_anywhere_counts_for_what_belongs_to_no_programme():
    assert is_within(Topic(), {SQUARE})
    assert not is_within(Topic(), set())


def test_a_row_without_its_programme_is_left_to_those_whose_right_holds_everywhere():
    assert is_within(Occasion(), {EVERYWHERE})
    assert not is_within(Occasion(), {SCHOOL, SQUARE})


def test_of_a_model_it_is_asked_whether_a_right_counts_for_any_row():
    assert is_within(Occasion, {SQUARE})
    assert is_within(DayTopic, {SCHOOL})
    assert not is_within(DayTopic, {SQUARE})


def test_rows_are_not_looked_through_for_whose_right_holds_everywhere():
    assert belonging(Occasion).at({EVERYWHERE, SQUARE}) == Q()
    assert belonging(Occasion).at({SQUARE}) == Q(activity__programme__slug__in={SQUARE})
