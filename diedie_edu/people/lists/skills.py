"""Skills in one cell: titles of topics, several of them, and back again."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import comparable
from diedie_edu.people.models import Topic

_SEPARATORS = re.compile(r"[、，,;；/／|\n]+")


def reader_of_skills(topics: Iterable[Topic]) -> Callable[[str], list[int]]:
    """The function that reads a cell: ids of topics, in the order of the list.

    A topic is known by its Chinese or English title; where two areas have the same title,
    by "area：title". Raises `Refused` (`topic_unknown`, `topic_ambiguous`).
    """
    by_word: dict[str, set[int]] = defaultdict(set)
    for topic in topics:
        for area, title in (
            (topic.area.title_zh, topic.title_zh),
            (topic.area.title_en, topic.title_en),
        ):
            if title:
                by_word[comparable(title)].add(topic.pk)
                by_word[comparable(f"{area}:{title}")].add(topic.pk)

    def read(text: str) -> list[int]:
        words = filter(None, map(comparable, _SEPARATORS.split(text)))
        return list(dict.fromkeys(_only(by_word.get(word)) for word in words))

    return read


def _only(found: set[int] | None) -> int:
    if not found:
        raise Refused(
            "topic_unknown",
            _(
                "One of these topics is not in the list of topics. Correct its spelling, or "
                "first add the topic: admin site, “Topics”."
            ),
        )
    if len(found) > 1:
        raise Refused(
            "topic_ambiguous",
            _(
                "One of these topics stands in two areas. Write the area in front, for "
                "example “Leisure: Photography”."
            ),
        )
    return next(iter(found))


def words_of_topics(topics: Iterable[Topic]) -> dict[int, str]:
    """What an export writes for each topic, so that the import reads the same topic."""
    topics = list(topics)
    count: dict[str, int] = defaultdict(int)
    for topic in topics:
        count[comparable(topic.title)] += 1
    return {
        topic.pk: topic.title
        if count[comparable(topic.title)] == 1
        else f"{topic.area.title}：{topic.title}"
        for topic in topics
    }
