"""What the database refuses of a series, and of a lecture."""

from collections.abc import Callable
from datetime import time

import pytest
from django.db import IntegrityError, transaction

from residents_school.models import Lecture, LectureSeries
from tests.conftest import SATURDAY

pytestmark = pytest.mark.django_db


def make_series(**fields: object) -> LectureSeries:
    return LectureSeries.objects.create(
        **{
            "title": "书法",
            "first_day": SATURDAY,
            "weekdays": [6],
            "weeks": 8,
            "starts": time(9, 30),
            "ends": time(11, 0),
            "on_clash": "move",
        }
        | fields
    )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"weekdays": []}, "series_falls_on_weekends"),
        ({"weekdays": [5, 6]}, "series_falls_on_weekends"),
        ({"weeks": 0}, "series_lasts_a_year_at_most"),
        ({"weeks": 54}, "series_lasts_a_year_at_most"),
        ({"ends": time(9, 30)}, "series_ends_after_it_begins"),
        ({"on_clash": "hope"}, "series_clash_is_known"),
    ],
)
def test_a_series_that_makes_no_sense_is_refused(fields: dict, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_series(**fields)


def test_lectures_outlive_their_series(make_lecture: Callable[..., Lecture]) -> None:
    lecture = make_lecture(series=make_series())
    lecture.series.delete()
    lecture.refresh_from_db()
    assert lecture.series is None


def test_a_lecture_has_a_form_that_surveys_ask_for(make_lecture: Callable[..., Lecture]) -> None:
    with pytest.raises(IntegrityError, match="lecture_form_is_known"), transaction.atomic():
        make_lecture(teaching_form="telepathy")
