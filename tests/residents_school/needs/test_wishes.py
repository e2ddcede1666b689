"""Wishing for a topic, and being told once when a lecture answers."""

from collections.abc import Callable

import pytest

from diedie_edu.activities.actions import schedule
from diedie_edu.activities.models import Activity
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident, Topic
from residents_school.actions import lectures
from residents_school.actions.wishes import make_wish, make_wishes, take_back_wish
from residents_school.models import Lecture, Wish
from residents_school.queries.wishes import has_wished, open_wishes, topics_by_area, wishes_of
from tests.conftest import NOW
from tests.residents_school.test_actions import plan_of

pytestmark = pytest.mark.django_db
KIND = "residents_school.wish_answered"


@pytest.fixture
def draft(make_lecture: Callable[..., Lecture]) -> Lecture:
    return make_lecture(title="秋冬护膝", state=Activity.State.DRAFT)


def told(lecture: Lecture | None = None) -> list[int]:
    """Residents' ids of those told by an inbox message, about a lecture or any."""
    rows = Notice.objects.filter(kind=KIND, channel="inbox")
    if lecture:
        rows = rows.filter(subject=f"activity:{lecture.pk}")
    return sorted(rows.values_list("recipient_id", flat=True))


def announce(lecture: Lecture) -> None:
    lectures.announce_lecture(lecture=lecture, by=None, now=NOW)


# --- Wishing ---------------------------------------------------------------------------


def test_a_wish_is_noted_once(resident: Resident, topic: Topic) -> None:
    assert make_wish(resident=resident, topic=topic, now=NOW)
    assert not make_wish(resident=resident, topic=topic, now=NOW)
    assert [row.topic for row in wishes_of([resident])] == [topic]


def test_several_topics_are_noted_at_once(
    resident: Resident, topic: Topic, make_topic: Callable[..., Topic]
) -> None:
    make_wish(resident=resident, topic=topic, now=NOW)
    other = make_topic()
    make_wishes(resident=resident, topics=[topic.pk, other.pk], now=NOW)
    assert {row.topic for row in wishes_of([resident])} == {topic, other}


def test_a_wish_can_be_taken_back(resident: Resident, topic: Topic) -> None:
    make_wish(resident=resident, topic=topic, now=NOW)
    assert take_back_wish(resident=resident, topic=topic)
    assert not take_back_wish(resident=resident, topic=topic)
    assert not Wish.objects.exists()


# --- Being told ------------------------------------------------------------------------


def test_announcing_tells_those_who_wished_and_nobody_else(
    draft: Lecture, topic: Topic, wish: Callable[..., Wish], make_topic: Callable[..., Topic]
) -> None:
    people = [wish(topic).resident_id for _person in range(3)]
    wish(make_topic())
    announce(draft)
    assert told(draft) == sorted(people)
    assert open_wishes().count() == 1
    assert set(Wish.objects.filter(topic=topic).values_list("answered_by", flat=True)) == {draft.pk}


def test_a_wish_is_told_once_however_many_lectures_follow(
    draft: Lecture, topic: Topic, wish: Callable[..., Wish], make_lecture: Callable[..., Lecture]
) -> None:
    person = wish(topic).resident_id
    for lecture in (draft, draft, make_lecture(state=Activity.State.DRAFT)):
        announce(lecture)
    assert told() == [person]


def test_the_message_names_topic_and_lecture_and_leads_there(
    draft: Lecture, topic: Topic, wish: Callable[..., Wish]
) -> None:
    wish(topic)
    announce(draft)
    text = render(Notice.objects.get(kind=KIND, channel="sms"), "zh-hans")
    assert all(words in text.body for words in ("中老年健康", "秋冬护膝", "09:30"))
    assert text.path == f"/activities/{draft.pk}/"
    assert Notice.objects.filter(kind=KIND, expires_at=draft.occasion.starts_at).count() == 2


def test_a_wish_stands_open_again_when_its_lecture_is_called_off(
    draft: Lecture, topic: Topic, resident: Resident, make_lecture: Callable[..., Lecture]
) -> None:
    make_wish(resident=resident, topic=topic, now=NOW)
    announce(draft)
    schedule.call_off(activity=draft, reason="讲师生病", by=None, now=NOW)
    assert has_wished(resident, topic)
    assert not make_wish(resident=resident, topic=topic, now=NOW)
    second = make_lecture(state=Activity.State.DRAFT)
    announce(second)
    assert told(second) == [resident.pk]


def test_somebody_with_two_open_wishes_for_a_topic_is_one_person(
    draft: Lecture, topic: Topic, resident: Resident, wish: Callable[..., Wish]
) -> None:
    """One of them was answered by a lecture that did not take place."""
    off = wish(topic, resident)
    announce(draft)
    wish(topic, resident)
    schedule.call_off(activity=draft, reason="讲师生病", by=None, now=NOW)
    assert open_wishes().filter(resident=off.resident).count() == 2
    assert len(wishes_of([resident])) == 1


def test_a_new_topic_of_an_announced_lecture_tells_those_who_wished_for_it(
    topic: Topic,
    make_lecture: Callable[..., Lecture],
    wish: Callable[..., Wish],
    make_topic: Callable[..., Topic],
) -> None:
    lecture, other = make_lecture(), make_topic()
    waiting, later = wish(other).resident_id, wish(topic).resident_id
    lectures.change_lecture(lecture=lecture, plan=plan_of(lecture), by=None, now=NOW)
    assert told() == []
    lectures.change_lecture(lecture=lecture, plan=plan_of(lecture, topic=other), by=None, now=NOW)
    assert told() == [waiting]
    assert open_wishes().get().resident_id == later


# --- The residents' list ---------------------------------------------------------------


def test_the_list_shows_own_wishes_numbers_and_what_comes(
    topic: Topic,
    resident: Resident,
    wish: Callable[..., Wish],
    make_lecture: Callable[..., Lecture],
) -> None:
    lecture = make_lecture()
    make_lecture(state=Activity.State.DRAFT)
    for person in (resident, None):
        wish(topic, person)
    [group] = topics_by_area(resident, NOW)
    [row] = group.rows
    assert (row.topic, row.wishes, row.is_wished, row.lecture) == (topic, 2, True, lecture)
    [group] = topics_by_area(None, NOW)
    assert not group.rows[0].is_wished


def test_a_topic_no_longer_offered_is_not_on_the_list(topic: Topic) -> None:
    Topic.objects.update(is_offered=False)
    assert topics_by_area(None, NOW) == []
