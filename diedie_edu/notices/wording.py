"""The facts of a message in words of the language at hand."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

from diedie_edu.common.bilingual import in_language
from diedie_edu.common.days import local_day, time_text

Msgid = str | Promise
WHEN = "when_at"


class Words(dict[str, str]):
    """A notice written before a placeholder was added still reads, with a gap."""

    def __missing__(self, name: str) -> str:
        return ""


def fill(msgid: Msgid, words: Words) -> str:
    return gettext(str(msgid)).format_map(words)


def words_of(facts: Mapping[str, Any], day_words: Callable[[date], str], told_on: date) -> Words:
    """The same with each day in words as `day_words` says it; `told_on` is that of the message."""
    return Words(_pairs(facts, day_words, told_on))


def _pairs(
    facts: Mapping[str, Any], day_words: Callable[[date], str], told_on: date
) -> Iterator[tuple[str, str]]:
    """Moments (`…_at`; WHEN by the clock alone if told on its day) and days (`…_on`) in words; of
    `…_zh` and `…_en` the one that is read."""
    for name, value in facts.items():
        if name == WHEN and local_day(datetime.fromisoformat(value)) == told_on:
            yield name, time_text(datetime.fromisoformat(value))
        elif name.endswith("_at"):
            yield name, _moment_words(datetime.fromisoformat(value), day_words)
        elif name.endswith("_on"):
            yield name, day_words(date.fromisoformat(value))
        elif name.endswith("_zh"):
            stem = name.removesuffix("_zh")
            yield stem, in_language(value, facts.get(f"{stem}_en", ""))
        else:
            yield name, str(value)


def _moment_words(moment: datetime, day_words: Callable[[date], str]) -> str:
    """11月28日（周六）09:30, or Saturday 28 November, 09:30."""
    pattern = translation.pgettext("a date and its time", "{date}, {time}")
    return pattern.format(date=day_words(local_day(moment)), time=time_text(moment))
