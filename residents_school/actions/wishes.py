"""Wishing for a topic, and telling those who wished when a lecture answers them.

Lock order: activity → wishes (by id) → notice.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from diedie_edu.activities.messages import ACTIVITY, occasion_data
from diedie_edu.common.errors import constraint_of
from diedie_edu.notices.actions import notify
from diedie_edu.people.models import Resident, Topic
from residents_school import messages
from residents_school.models import Lecture, Wish
from residents_school.queries import wishes


def make_wish(*, resident: Resident, topic: Topic, now: datetime) -> bool:
    """Note that somebody wants to learn about a topic; False where that is noted already."""
    if wishes.has_wished(resident, topic):
        return False
    try:
        with transaction.atomic():
            Wish.objects.create(resident=resident, topic=topic, wished_at=now)
    except IntegrityError as error:  # another tap came first, and may be taken back since
        if constraint_of(error) != "one_open_wish_per_topic":
            raise
        return make_wish(resident=resident, topic=topic, now=now)
    return True


def make_wishes(*, resident: Resident, topics: Iterable[int], now: datetime) -> None:
    """Note several topics (ids) at once; those noted already stay as they are."""
    noted = set(wishes.open_wishes().filter(resident=resident).values_list("topic", flat=True))
    Wish.objects.bulk_create(
        [
            Wish(resident=resident, topic_id=topic, wished_at=now)
            for topic in topics
            if topic not in noted
        ],
        ignore_conflicts=True,
    )


def take_back_wish(*, resident: Resident, topic: Topic) -> bool:
    """Forget a wish that no lecture has answered; whether there was one."""
    deleted, _by_model = wishes.open_wishes().filter(resident=resident, topic=topic).delete()
    return bool(deleted)


def notify_those_who_wished(*, lecture: Lecture, now: datetime) -> int:
    """Have a lecture answer the open wishes for its topic, and tell each person once.

    Belongs into the transaction that announces it. Wishes are taken up under a lock: where two
    lectures on one topic are announced at the same moment, one of them answers and tells.
    Returns how many people are told.
    """
    taken_up = _take_up(lecture)
    occasion = lecture.occasions.select_related("activity", "venue").get()
    topic = lecture.topic
    people = {wish.resident_id for wish in taken_up}
    notify(
        kind=messages.WISH_ANSWERED,
        recipients=list(people),
        subject=ACTIVITY.of(lecture.pk),
        data=occasion_data(occasion, topic_zh=topic.title_zh, topic_en=topic.title_en),
        now=now,
        expires_at=occasion.starts_at,
    )
    return len(people)


def _take_up(lecture: Lecture) -> list[Wish]:
    open_ones = wishes.open_wishes().filter(topic=lecture.topic_id).order_by("pk")
    taken_up = list(open_ones.select_for_update(of=("self",)))
    Wish.objects.filter(pk__in=[wish.pk for wish in taken_up]).update(answered_by=lecture)
    return taken_up
