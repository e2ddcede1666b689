"""The same thing twice at the same moment; each race beside a control without its guard."""

from collections.abc import Callable
from functools import partial
from threading import Barrier

import pytest
from django.db import transaction
from django.db.models import QuerySet

from diedie_edu.activities.models import Activity
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident, Topic
from residents_school.actions import answers, surveys, wishes
from residents_school.actions.lectures import announce_lecture
from residents_school.actions.wishes import make_wish
from residents_school.models import Answer, AnswerTopic, Burst, Lecture, Survey, Wish
from residents_school.queries.wishes import open_wishes
from tests.conftest import NOW
from tests.support.races import constraint_dropped, meanwhile, together
from tests.support.refusals import code_of
from tests.support.seats import make_residents

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch
THREADS = 8


@pytest.fixture
def survey(make_plan: Callable) -> Survey:
    survey = surveys.plan_survey(plan=make_plan(), by=None, now=NOW)
    surveys.open_survey(survey=survey, by=None)
    return Survey.objects.get()


@pytest.fixture
def unlocked(monkeypatch: Patch) -> None:
    """The house without its row locks."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)


@pytest.fixture
def looked_first(monkeypatch: Patch) -> None:
    """Every thread looks for an earlier answer before any of them writes one."""
    barrier, look = Barrier(THREADS), QuerySet.update_or_create

    def slow(rows: QuerySet, defaults: dict, create_defaults: dict, **who: object) -> tuple:
        if rows.model is not Answer:
            return look(rows, defaults, create_defaults, **who)
        assert not rows.filter(**who).exists()
        barrier.wait(30)
        return rows.create(**who, **create_defaults), True

    monkeypatch.setattr(QuerySet, "update_or_create", slow)


# --- The same person answers twice at once ---------------------------------------------


def taps(
    survey: Survey, resident: Resident | None, topics: list[Topic], wants_news: bool = False
) -> list:
    sheet = answers.Sheet(topics=[topic.pk for topic in topics])
    if resident:
        one = partial(answers.answer_as_resident, resident=resident, wants_news=wants_news)
    else:
        one = partial(answers.answer_without_name, browser="phone", address="10.0.0.1")
    return together(*[partial(one, survey=survey, sheet=sheet, now=NOW)] * THREADS)


def test_a_resident_who_taps_eight_times_answers_once(
    survey: Survey, topics: list[Topic], make_resident: Callable[..., Resident]
) -> None:
    taps(survey, make_resident(), topics, wants_news=True)
    assert (Answer.objects.count(), AnswerTopic.objects.count()) == (1, 3)
    assert Wish.objects.count() == 3


def test_a_browser_that_sends_eight_times_answers_once_in_one_burst(
    survey: Survey, topics: list[Topic]
) -> None:
    taps(survey, None, topics)
    assert (Answer.objects.count(), AnswerTopic.objects.count()) == (1, 3)
    assert Burst.objects.get().answers.count() == 1


@pytest.mark.usefixtures("unlocked", "looked_first")
def test_control_without_lock_and_constraint_a_resident_answers_eight_times(
    survey: Survey, topics: list[Topic], make_resident: Callable[..., Resident]
) -> None:
    with constraint_dropped(Answer, "resident_answers_once"):
        taps(survey, make_resident(), topics)
        assert Answer.objects.count() == THREADS
        AnswerTopic.objects.all().delete()


def test_a_wish_tapped_eight_times_is_one(
    topic: Topic, make_resident: Callable[..., Resident]
) -> None:
    person = make_resident()
    made = together(*[partial(make_wish, resident=person, topic=topic, now=NOW)] * THREADS)
    assert (made.count(True), Wish.objects.count()) == (1, 1)


# --- Results are published while somebody answers --------------------------------------


def test_no_answer_slips_in_behind_published_results(
    survey: Survey, topics: list[Topic], monkeypatch: Patch
) -> None:
    """Publishing waits for the answer that is being written, and the next one is refused."""
    Survey.objects.update(opens_on="2026-11-01", closes_on="2026-11-22")
    sheet = answers.Sheet(topics=[topics[0].pk])
    with transaction.atomic():
        answers.enter_paper(survey=survey, number="1", sheet=sheet, by=None, now=NOW)
        publishing = meanwhile(partial(surveys.publish_results, survey=survey, by=None, now=NOW))
        assert not publishing.done()
    publishing.result()
    late = partial(answers.enter_paper, survey=survey, number="2", sheet=sheet, by=None, now=NOW)
    assert code_of(late) == "results_out"
    assert Answer.objects.count() == 1


# --- Those who wished are told once ----------------------------------------------------


@pytest.fixture
def wishers(topic: Topic) -> list[Resident]:
    people = make_residents(20)
    Wish.objects.bulk_create(Wish(resident=one, topic=topic, wished_at=NOW) for one in people)
    return people


@pytest.fixture
def drafts(make_lecture: Callable[..., Lecture]) -> list[Lecture]:
    """Two lectures on the one topic."""
    return [make_lecture(state=Activity.State.DRAFT) for _lecture in range(2)]


def announce(*lectures: Lecture) -> None:
    together(*[partial(announce_lecture, lecture=one, by=None, now=NOW) for one in lectures])


def told() -> int:
    return Notice.objects.filter(kind="residents_school.wish_answered", channel="inbox").count()


def test_a_lecture_announced_twice_at_once_tells_everybody_once(
    drafts: list[Lecture], wishers: list[Resident]
) -> None:
    announce(drafts[0], drafts[0])
    assert told() == len(wishers)
    assert not open_wishes().exists()


def test_two_lectures_on_one_topic_announced_at_once_tell_everybody_once(
    make_lecture: Callable[..., Lecture], wishers: list[Resident]
) -> None:
    for _round in range(5):
        Notice.objects.all().delete()
        Wish.objects.update(answered_by=None)
        announce(*[make_lecture(state=Activity.State.DRAFT) for _lecture in range(2)])
        assert told() == len(wishers)


@pytest.fixture
def read_first(monkeypatch: Patch) -> None:
    """Both announcements read the open wishes before either takes them up, without a lock."""
    barrier = Barrier(2)

    def take_up(lecture: Lecture) -> list[Wish]:
        taken_up = list(open_wishes().filter(topic=lecture.topic_id))
        barrier.wait(30)
        Wish.objects.filter(pk__in=[wish.pk for wish in taken_up]).update(answered_by=lecture)
        return taken_up

    monkeypatch.setattr(wishes, "_take_up", take_up)


@pytest.mark.usefixtures("read_first")
def test_control_without_the_lock_everybody_is_told_twice(
    drafts: list[Lecture], wishers: list[Resident]
) -> None:
    announce(*drafts)
    assert told() == 2 * len(wishers)
