"""What a survey found, and what is kept back so that nobody can be read out of it."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation

from diedie_edu.people.models import Topic
from residents_school.models import Answer, Survey
from residents_school.queries.results import Part, Results

pytestmark = pytest.mark.django_db
Say = Callable[..., list[Answer]]
SECTIONS = ["people", "areas", "topics", "forms", "times", "ages", "by_age", "by_form"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def found(survey: Survey) -> Callable[[], Results]:
    return lambda: Results(survey)


def part(parts: list[Part], label: str) -> Part:
    return next(row for row in parts if row.label == label)


def test_rankings_count_people_the_most_wanted_first(
    found: Callable[[], Results], topics: list[Topic], say: Say
) -> None:
    say(3, topics[0], topics[1], forms=["lecture"], times=["sat_am"])
    say(2, topics[1], source="paper", forms=["hands_on", "lecture"])
    results = found()
    assert (results.people, results.on_paper) == (5, 2)
    assert results.topics == [("摄影", 5), ("书法", 3), ("舞蹈", 0)]
    assert [people for _form, people in results.forms] == [5, 2, 0, 0, 0]
    assert results.times[0] == ("Saturday morning", 3)


def test_whoever_names_two_topics_of_an_area_counts_there_once(
    found: Callable[[], Results], topics: list[Topic], make_topic: Callable[..., Topic], say: Say
) -> None:
    say(2, topics[0], topics[1])
    say(1, make_topic(area="health"))
    assert found().areas == [("类leisure", 2), ("类health", 1)]


def test_other_surveys_are_left_out(
    found: Callable[[], Results], topics: list[Topic], say: Say, over: Survey
) -> None:
    other = Survey.objects.create(title="另一份", opens_on=over.opens_on, closes_on=over.closes_on)
    say(7, topics[0], survey=other)
    assert found().people == 0
    assert found().topics[0][1] == 0


def test_fewer_than_five_answers_are_too_few_to_show(
    found: Callable[[], Results], topics: list[Topic], say: Say
) -> None:
    say(4, topics[0])
    assert found().is_too_small
    say(1, topics[0])
    assert not found().is_too_small


def test_small_bands_are_shown_together(
    found: Callable[[], Results], topics: list[Topic], say: Say
) -> None:
    for people, band in ((9, "60_69"), (8, "70_up"), (6, "50_59"), (3, "18_34"), (1, "")):
        say(people, topics[0], age_band=band)
    assert found().ages == [("60 to 69", 9), ("70 and over", 8), ("other ages", 10)]


def test_each_band_has_a_ranking_of_its_own(
    found: Callable[[], Results], topics: list[Topic], say: Say
) -> None:
    say(6, topics[0], age_band="60_69")
    say(5, topics[1], age_band="60_69")
    say(7, topics[1], age_band="18_34")
    by_age = found().by_age
    assert [row.label for row in by_age] == ["18 to 34", "60 to 69"]
    assert part(by_age, "60 to 69") == Part("60 to 69", 11, [("书法", 6), ("摄影", 5)])
    assert part(by_age, "18 to 34").topics == [("摄影", 7)]


def test_a_topic_of_few_is_not_broken_down_by_age(
    found: Callable[[], Results], topics: list[Topic], say: Say
) -> None:
    say(6, topics[0], age_band="60_69")
    say(4, topics[1], age_band="60_69")
    assert part(found().by_age, "60 to 69").topics == [("书法", 6)]
    assert ("摄影", 4) in found().topics, "but everybody together may be counted"


def test_what_would_give_a_small_cell_away_is_kept_back_too(
    found: Callable[[], Results], topics: list[Topic], say: Say
) -> None:
    """Of ten who want calligraphy, eight are over 60: the other two could be worked out."""
    say(8, topics[0], age_band="60_69")
    say(2, topics[0], age_band="18_34")
    say(9, topics[1], age_band="18_34")
    by_age = found().by_age
    assert part(by_age, "60 to 69").topics == []
    assert part(by_age, "18 to 34").topics == [("摄影", 9)]


def test_a_hidden_band_cannot_be_worked_out_from_the_others(
    found: Callable[[], Results], topics: list[Topic], say: Say
) -> None:
    """Three young people alone would be the difference between all and the bands shown."""
    say(9, topics[0], age_band="60_69")
    say(7, topics[0], age_band="50_59")
    say(3, topics[0], topics[1], age_band="18_34")
    results = found()
    assert [row.label for row in results.by_age] == ["60 to 69"]
    assert results.ages == [("60 to 69", 9), ("other ages", 10)]


def test_forms_overlap_so_each_is_judged_by_itself(
    found: Callable[[], Results], topics: list[Topic], say: Say
) -> None:
    say(8, topics[0], forms=["lecture", "hands_on"])
    say(2, topics[0], topics[1], forms=["hands_on", "online"])
    by_form = found().by_form
    assert [row.people for row in by_form] == [8, 10]
    assert [row.topics for row in by_form] == [[("书法", 8)], [("书法", 10)]]


def test_the_number_of_queries_does_not_grow(
    found: Callable[[], Results],
    topics: list[Topic],
    say: Say,
    django_assert_num_queries: Callable,
) -> None:
    for people in (6, 20):
        say(people, *topics, age_band="60_69", forms=["lecture"])
        results = found()
        with django_assert_num_queries(9):
            assert all(getattr(results, section) for section in SECTIONS)
