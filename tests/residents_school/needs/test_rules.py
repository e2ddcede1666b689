from datetime import date, datetime, timedelta

import pytest
from django.conf import LazySettings

from diedie_edu.people.models import Resident
from residents_school.models import Survey
from residents_school.rules import needs
from tests.conftest import NOW
from tests.residents_school.needs.conftest import TODAY
from tests.support.refusals import code_of, refusal_of

DAY = timedelta(days=1)


def make(published: bool = True, results_at: datetime | None = None) -> Survey:
    """A survey from yesterday to tomorrow, in no database."""
    return Survey(
        is_published=published,
        opens_on=TODAY - DAY,
        closes_on=TODAY + DAY,
        results_at=results_at,
    )


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (TODAY - 2 * DAY, "not_open_yet"),
        (TODAY - DAY, None),
        (TODAY + DAY, None),
        (TODAY + 2 * DAY, "over"),
    ],
)
def test_a_survey_takes_answers_from_its_first_day_to_its_last(today: date, code: str) -> None:
    assert code_of(lambda: needs.check_can_answer(make(), today)) == code


def test_a_draft_takes_no_answer_and_no_sheet() -> None:
    draft = make(published=False)
    assert code_of(lambda: needs.check_can_answer(draft, TODAY)) == "not_open_yet"
    assert code_of(lambda: needs.check_sheet_can_be_entered(draft, TODAY)) == "not_open_yet"


def test_sheets_may_come_late_but_not_behind_the_results() -> None:
    late = TODAY + 30 * DAY
    published = make(results_at=NOW)
    assert code_of(lambda: needs.check_sheet_can_be_entered(make(), late)) is None
    assert code_of(lambda: needs.check_sheet_can_be_entered(published, late)) == "results_out"
    assert code_of(lambda: needs.check_can_change(published)) == "results_out"


@pytest.mark.parametrize(("today", "code"), [(TODAY + DAY, "running"), (TODAY + 2 * DAY, None)])
def test_results_are_published_when_no_answer_can_come(today: date, code: str | None) -> None:
    assert code_of(lambda: needs.check_results_can_be_published(make(), today)) == code


def test_an_answer_names_a_listed_topic_or_another() -> None:
    assert refusal_of(lambda: needs.check_says_something(0, "")) == ("no_topic", "topics")
    assert code_of(lambda: needs.check_says_something(1, "")) is None
    assert code_of(lambda: needs.check_says_something(0, "太极拳")) is None


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "code"),
    [
        (TODAY, TODAY, None),
        (TODAY - DAY, TODAY, None),
        (TODAY + DAY, TODAY, "closes_early"),
        (TODAY - 2 * DAY, TODAY - DAY, "past"),
    ],
)
def test_a_survey_ends_after_it_begins_and_not_in_the_past(
    opens_on: date, closes_on: date, code: str | None
) -> None:
    assert code_of(lambda: needs.check_period(opens_on, closes_on, TODAY)) == code


@pytest.mark.parametrize(
    ("born", "code"),
    [(date(2012, 11, 24), "child"), (date(2012, 11, 22), None), (None, None)],
)
def test_children_under_14_are_not_asked(born: date | None, code: str | None) -> None:
    assert code_of(lambda: needs.check_may_answer(Resident(birth_date=born), TODAY)) == code


def test_only_many_from_one_network_are_left_out(settings: LazySettings) -> None:
    settings.ANSWERS_PER_HOUR = 2
    assert code_of(lambda: needs.check_are_many(2)) == "few"
    assert code_of(lambda: needs.check_are_many(3)) is None


def test_topics_that_somebody_named_stay() -> None:
    assert refusal_of(lambda: needs.check_topics_stay(["书法"])) == ("topic_named", "topics")
    assert code_of(lambda: needs.check_topics_stay([])) is None
