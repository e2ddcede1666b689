"""What residents choose by above the list of lectures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.bilingual import in_language
from diedie_edu.common.composed import Composed
from diedie_edu.common.days import weekend_of
from diedie_edu.common.fields import SearchField
from diedie_edu.common.inputs import DayInput
from diedie_edu.people.models import Topic
from residents_school.models import TeachingForm

TopicRow = tuple[Any, ...]
TOPICS = Composed[TopicRow](
    lambda: Topic.objects.values_list(
        "area", "area__title_zh", "area__title_en", "pk", "title_zh", "title_en"
    )
)


class LectureFilter(forms.Form):
    """What a resident looks for; every field may stay empty."""

    q = SearchField(
        label=_("Search lectures"),
        help_text=_("Topic, title, speaker or place"),
        max_length=60,
        required=False,
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    teaching_form = forms.ChoiceField(
        label=_("Form of learning"),
        choices=[("", _("All forms")), *TeachingForm.choices],
        required=False,
    )
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput)
    free = forms.BooleanField(label=_("Only with free seats"), required=False)

    def __init__(self, *args: Any, topics: Iterable[TopicRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("All topics")), *_topics_by_area(topics)]


@dataclass(frozen=True)
class LectureSearch:
    """What somebody looks for, and all that the choices above the list show, in values that can be
    compared: they are drawn once for all who look for the same."""

    query: str  # of the address, without the number of the page
    today: date
    topics: tuple[TopicRow, ...]

    @classmethod
    def of(cls, sent: QueryDict, today: date) -> "LectureSearch":
        asked = sent.copy()
        asked.pop("page", None)
        return cls(asked.urlencode(), today, tuple(TOPICS.rows()))

    @cached_property
    def form(self) -> LectureFilter:
        return LectureFilter(QueryDict(self.query), topics=self.topics)

    @property
    def is_filtered(self) -> bool:
        return bool(self.query) and any(self.form.data.get(name) for name in self.form.fields)

    @property
    def shortcuts(self) -> list[dict[str, object]]:
        """What most people come for, in one tap."""
        saturday, sunday = weekend_of(self.today)
        choices = (
            (_("All"), ""),
            (_("This Saturday"), urlencode({"day": saturday})),  # type: ignore[arg-type]
            (_("This Sunday"), urlencode({"day": sunday})),  # type: ignore[arg-type]
            (_("With free seats"), urlencode({"free": "on"})),
        )
        return [
            {"label": label, "url": f"?{query}", "current": query == self.query}
            for label, query in choices
        ]


def _topics_by_area(rows: Iterable[TopicRow]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for area, topics in groupby(rows, key=lambda row: row[:3]):
        title = in_language(*area[1:])
        everything = (f"area-{area[0]}", _("Everything in “%s”") % title)
        yield title, [everything, *((str(row[3]), in_language(*row[4:])) for row in topics)]
