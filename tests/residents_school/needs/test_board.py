"""The planning board: demand, what was given, the gap, and who could teach."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

import pytest
from django.http import QueryDict
from django.utils import translation

from diedie_edu.activities.models import Activity
from diedie_edu.common.calendar import Calendar
from diedie_edu.common.days import PartOfWeek
from diedie_edu.people.models import Resident, Skill, Topic, Volunteer
from residents_school.forms.proposals import Proposal
from residents_school.models import Answer, Lecture, Survey, TeachingForm, Wish
from residents_school.queries import board
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
Say = Callable[..., list[Answer]]
LAST_MONTH, LAST_YEAR = date(2026, 10, 24), date(2025, 11, 22)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def held_lecture(make_lecture: Callable[..., Lecture]) -> Callable[..., Lecture]:
    """A lecture a month ago, unless told otherwise."""

    def make(day: date = LAST_MONTH, **fields: object) -> Lecture:
        return make_lecture(day=day, sign_up_opens_at=NOW - timedelta(days=900), **fields)

    return make


def row(topic: Topic) -> board.TopicDemand:
    return next(row for row in board.planning_board(NOW) if row.topic == topic)


def test_demand_counts_people_who_answered_and_people_who_wish(
    topics: list[Topic], say: Say, wish: Callable[..., Wish]
) -> None:
    say(4, topics[0])
    for _person in range(2):
        wish(topics[0])
    found = row(topics[0])
    assert (found.answers, found.wishes, found.people, found.gap) == (4, 2, 6, 6)


def test_somebody_who_said_it_twice_counts_once(
    topics: list[Topic], say: Say, wish: Callable[..., Wish], resident: Resident, over: Survey
) -> None:
    other = Survey.objects.create(title="另一份", opens_on=over.opens_on, closes_on=over.closes_on)
    for one in (over, other):
        say(1, topics[0], survey=one, resident=resident, key="")
    wish(topics[0], resident)
    assert (row(topics[0]).answers, row(topics[0]).wishes) == (1, 0)


def test_what_was_said_more_than_a_year_ago_is_forgotten(topics: list[Topic], say: Say) -> None:
    say(3, topics[0], answered_at=NOW - timedelta(days=366))
    assert row(topics[0]).people == 0


def test_an_answered_wish_is_no_demand_and_an_unanswered_one_stays(
    topics: list[Topic],
    wish: Callable[..., Wish],
    make_lecture: Callable[..., Lecture],
    held_lecture: Callable[..., Lecture],
) -> None:
    held = held_lecture(topic=topics[0])
    off = make_lecture(state="called_off", call_off_reason="台风", topic=topics[0])
    wish(topics[0], answered_by=held)
    wish(topics[0], answered_by=off)
    assert row(topics[0]).wishes == 1


def test_seats_filled_at_lectures_of_the_year_close_the_gap(
    topics: list[Topic], say: Say, held_lecture: Callable[..., Lecture]
) -> None:
    say(9, topics[0])
    held_lecture(topic=topics[0], taken=5)
    held_lecture(starts=time(15), topic=topics[0], taken=2, state="draft")
    held_lecture(LAST_YEAR, topic=topics[0], taken=7)
    found = row(topics[0])
    assert (found.given, found.filled, found.gap, found.filled_share) == (1, 5, 4, 56)


def test_a_gap_is_never_below_nothing(
    topics: list[Topic], say: Say, held_lecture: Callable[..., Lecture]
) -> None:
    say(1, topics[0])
    held_lecture(topic=topics[0], taken=20)
    assert (row(topics[0]).gap, row(topics[0]).filled_share) == (0, 100)


def test_lectures_ahead_are_named_so_that_nothing_is_planned_twice(
    topics: list[Topic], make_lecture: Callable[..., Lecture]
) -> None:
    make_lecture(topic=topics[0])
    make_lecture(topic=topics[0], state=Activity.State.DRAFT)
    make_lecture(topic=topics[0], state="called_off", call_off_reason="台风")
    assert row(topics[0]).ahead == 2


def test_the_widest_gap_stands_on_top(topics: list[Topic], say: Say) -> None:
    say(2, topics[0])
    say(5, topics[1], topics[2])
    say(1, topics[2])
    assert [found.topic for found in board.planning_board(NOW)] == [topics[2], topics[1], topics[0]]


def test_form_and_time_are_those_most_people_like(topics: list[Topic], say: Say) -> None:
    say(3, topics[0], forms=["hands_on"], times=["sun_pm", "sat_am"])
    say(2, topics[0], forms=["lecture"], times=["sat_am"])
    found = row(topics[0])
    assert (found.form, found.time) == (TeachingForm.HANDS_ON, PartOfWeek.SATURDAY_MORNING)
    assert (row(topics[1]).form, row(topics[1]).time) == (None, None)


def test_the_board_hands_on_to_the_form_what_people_like(topics: list[Topic], say: Say) -> None:
    say(3, topics[0], forms=["hands_on"], times=["sun_pm"])
    expert = Volunteer.objects.create(
        resident=Resident.objects.create(full_name="王大厨", residency="outside"), kinds=["expert"]
    )
    address = QueryDict(f"{row(topics[0]).proposal}&speaker={expert.pk}")
    assert Proposal(address).filled_in(Calendar({}), NOW) == {
        "topic": topics[0].pk,
        "teaching_form": "hands_on",
        "speakers": [expert.pk],
        "day": date(2026, 12, 13),
        "starts": time(15),
        "ends": time(16, 30),
    }


def test_an_address_that_says_nonsense_fills_in_nothing(topics: list[Topic]) -> None:
    address = QueryDict("topic=x&teaching_form=dance&time=weekday_evening&speaker=0")
    assert Proposal(address).filled_in(Calendar({}), NOW) == {}


def test_those_who_can_teach_are_named_with_their_free_times(
    topics: list[Topic], make_resident: Callable[..., Resident]
) -> None:
    for name, kinds, active in (
        ("华清明", ["lecturer"], True),
        ("谢霜降", ["student_party"], True),
        ("金立夏", ["expert"], False),
    ):
        volunteer = Volunteer.objects.create(
            resident=make_resident(full_name=name),
            kinds=kinds,
            is_active=active,
            free_times=["sun_pm", "sat_am"],
        )
        Skill.objects.create(volunteer=volunteer, topic=topics[0])
    [teacher] = row(topics[0]).teachers
    assert str(teacher) == "华清明"
    assert teacher.free_time_labels == ["Saturday morning", "Sunday afternoon"]


def test_a_topic_no_longer_offered_shows_while_somebody_wants_it(
    topics: list[Topic], say: Say
) -> None:
    Topic.objects.update(is_offered=False)
    say(1, topics[0])
    assert [found.topic for found in board.planning_board(NOW)] == [topics[0]]


def test_the_number_of_queries_does_not_grow(
    topics: list[Topic],
    say: Say,
    wish: Callable[..., Wish],
    make_topic: Callable[..., Topic],
    make_lecture: Callable[..., Lecture],
    django_assert_num_queries: Callable,
) -> None:
    for number in range(1, 4):
        topic = make_topic()
        say(number, topic, forms=["lecture"])
        wish(topic)
        make_lecture(topic=topic)
        with django_assert_num_queries(9):
            board.planning_board(NOW)
