"""Reads of wishes: who wants to learn what and has not been answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from diedie_edu.activities.models import Activity
from diedie_edu.common.composed import Composed, OneOf
from diedie_edu.people.models import Resident, Topic, TopicArea
from residents_school.models import Lecture, Wish
from residents_school.queries import lectures

# A wish whose lecture does not take place stands open again.
IS_OPEN = Q(answered_by=None) | Q(answered_by__state=Activity.State.CALLED_OFF)


def open_wishes() -> QuerySet[Wish]:
    return Wish.objects.filter(IS_OPEN)


def wishes_of(family: Sequence[Resident]) -> list[Wish]:
    """Open ones, in the order in which they were made; one of each person and topic."""
    return WISHES.rows(family=[one.pk for one in family])


def _wishes_of(family: list[int]) -> QuerySet[Wish]:
    newest_first = (
        open_wishes().filter(OneOf("resident", family)).order_by("resident_id", "topic_id", "-id")
    )
    only = newest_first.distinct("resident_id", "topic_id").values("pk")
    return Wish.objects.filter(pk__in=only).select_related("topic__area", "resident")


WISHES = Composed[Wish](_wishes_of, family=list)


def has_wished(resident: Resident, topic: Topic) -> bool:
    return bool(WISHED.rows(resident=resident.pk, topic=topic.pk))


WISHED = Composed[int](
    lambda resident, topic: (
        open_wishes().filter(resident=resident, topic=topic).values_list("pk", flat=True)[:1]
    ),
    resident=int,
    topic=int,
)


@dataclass(frozen=True)
class TopicRow:
    """A topic on the residents' list: how many want it, whether the reader does, what comes."""

    topic: Topic
    wishes: int
    is_wished: bool
    lecture: Lecture | None


@dataclass(frozen=True)
class AreaRows:
    area: TopicArea
    rows: list[TopicRow]


def topics_by_area(reader: Resident | None, now: datetime) -> list[AreaRows]:
    """All that can be wished for, in a constant number of queries."""
    topics = (
        Topic.objects.filter(is_offered=True)
        .select_related("area")
        .order_by("area__position", "area_id", "position", "id")
    )
    number, own, coming = _wishes_by_topic(), _wished_by(reader), _next_by_topic(now)
    found: dict[int, AreaRows] = {}
    for topic in topics:
        row = TopicRow(topic, number.get(topic.pk, 0), topic.pk in own, coming.get(topic.pk))
        found.setdefault(topic.area_id, AreaRows(topic.area, [])).rows.append(row)
    return list(found.values())


def _wishes_by_topic() -> dict[int, int]:
    counted = open_wishes().values("topic").annotate(people=Count("resident", distinct=True))
    return dict(counted.order_by().values_list("topic", "people"))


def _wished_by(reader: Resident | None) -> set[int]:
    if reader is None:
        return set()
    return set(open_wishes().filter(resident=reader).values_list("topic", flat=True))


def _next_by_topic(now: datetime) -> dict[int, Lecture]:
    """The next lecture ahead on each topic that has one."""
    ahead = lectures.lectures_ahead(now).exclude(state=Activity.State.CALLED_OFF)
    soonest_first = ahead.order_by("topic_id", "starts_at", "pk").distinct("topic_id")
    return {lecture.topic_id: lecture for lecture in soonest_first}
