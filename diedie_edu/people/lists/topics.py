"""Topics in a cell, by their titles, and back again."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.people.models import Topic


def known_topics(code: str) -> Known[Topic]:
    """By the Chinese or English title; where two areas have the same, by "area：title"."""
    return Known(code, Topic.objects.select_related("area"), _words, _UNKNOWN, _ALIKE)


def _words(topic: Topic) -> Iterator[str]:
    area = topic.area
    for place, title in ((area.title_zh, topic.title_zh), (area.title_en, topic.title_en)):
        if title:
            yield from (title, f"{place}：{title}")


def word_of(topics: Known[Topic]) -> Callable[[int], str]:
    """What an export writes for a topic (its id), so that the import reads the same topic."""
    rows = {topic.pk: topic for topic in topics.rows}

    def word(pk: int) -> str:
        topic = rows[pk]
        is_alone = len(topics.meant_by(topic.title)) == 1
        return topic.title if is_alone else f"{topic.area.title}：{topic.title}"

    return word


_UNKNOWN = _(
    "One of these topics is not in the list of topics. Correct its spelling, or "
    "first add the topic: admin site, “Topics”."
)
_ALIKE = _(
    "One of these topics stands in two areas. Write the area in front, for "
    "example “Leisure: Photography”."
)
