"""What a survey found: rankings for everybody, and what may be told of parts of the people."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Func, QuerySet
from django.utils.translation import gettext as _

from diedie_edu.common.days import PartOfWeek
from diedie_edu.common.groups import SMALL, too_small, withheld
from diedie_edu.people.models import TopicArea
from diedie_edu.people.rules.ages import AgeBand
from residents_school.models import Answer, AnswerTopic, Survey, TeachingForm
from residents_school.queries.surveys import that_count

Ranking = list[tuple[str, int]]
Counts = dict[Any, int]
REST = "rest"  # stands for all parts that are not shown by themselves


class Unnest(Func):
    """One row for each element of an array."""

    function = "unnest"
    set_returning = True


@dataclass(frozen=True)
class Part:
    """A part of the people and what it wants most; every number is of five people or more."""

    label: str
    people: int
    topics: Ranking


class Results:
    """What a survey found, counted when it is asked for: one or two queries each.

    Rankings hold numbers of people, largest first; `ages` stand in the order of age.
    """

    def __init__(self, survey: Survey) -> None:
        self.survey = survey

    @property
    def people(self) -> int:
        return sum(self._sources.values())

    @property
    def on_paper(self) -> int:
        return self._sources.get(Answer.Source.PAPER, 0)

    @cached_property
    def left_out(self) -> int:
        """Answers that staff do not count: very many came from one network within an hour."""
        return self.survey.answers.filter(burst__left_out_at__isnull=False).count()

    @property
    def is_too_small(self) -> bool:
        """Whether so few have answered that nothing is shown but their number."""
        return self.people < SMALL

    @cached_property
    def topics(self) -> Ranking:
        return _ranking(self._topics, self._titles)

    @cached_property
    def areas(self) -> Ranking:
        """Whoever names several topics of an area counts once."""
        people = Count("topics__picks__answer", distinct=True)
        named = TopicArea.objects.filter(
            topics__picks__answer__survey=self.survey,
            topics__picks__answer__burst__left_out_at=None,
        )
        areas = named.annotate(people=people).order_by("-people", "position")
        return [(area.title, area.people) for area in areas]

    @cached_property
    def forms(self) -> Ranking:
        return _ranking(self._forms, dict(TeachingForm.choices))

    @cached_property
    def times(self) -> Ranking:
        times = _counted(self._answers.annotate(time=Unnest(F("times"))), "time")
        return _ranking(times, dict(PartOfWeek.choices))

    @cached_property
    def ages(self) -> Ranking:
        """Bands of fewer than five people are shown together with others."""
        hidden = withheld(self._ages)
        shown = _without(hidden, self._ages, _age_labels())
        rows = [(label, self._ages[band]) for band, label in shown.items()]
        rest = sum(self._ages[band] for band in hidden)
        return [*rows, (_("other ages"), rest)] if rest else rows

    @cached_property
    def by_age(self) -> list[Part]:
        """Bands share out the people of a topic; those not shown count as one more part."""
        shown = _without(withheld(self._ages), self._ages, _age_labels())
        cells = _cells(self._picks, F("answer__age_band"))
        for topic, row in cells.items():
            row[REST] = self._topics[topic] - sum(row.get(band, 0) for band in shown)
        return self._parts(shown, self._ages, _open(cells, [*shown, REST], withheld))

    @cached_property
    def by_form(self) -> list[Part]:
        """Forms overlap, for one may like several: their sum gives nothing away."""
        shown = _without(too_small(self._forms), self._forms, dict(TeachingForm.choices))
        cells = _cells(self._picks, Unnest(F("answer__forms")))
        return self._parts(shown, self._forms, _open(cells, [*shown], too_small))

    def _parts(
        self, shown: Mapping[str, str], sizes: Counts, cells: dict[int, Counts]
    ) -> list[Part]:
        return [
            Part(label, sizes[part], _wanted_by(part, cells, self._titles))
            for part, label in shown.items()
        ]

    @property
    def _answers(self) -> QuerySet[Answer]:
        return that_count(self.survey.answers.order_by())

    @property
    def _picks(self) -> QuerySet[AnswerTopic]:
        return AnswerTopic.objects.filter(
            answer__survey=self.survey, answer__burst__left_out_at=None
        )

    @cached_property
    def _sources(self) -> Counts:
        return _counted(self._answers, "source")

    @cached_property
    def _topics(self) -> Counts:
        return _counted(self._picks, "topic")

    @cached_property
    def _forms(self) -> Counts:
        return _counted(self._answers.annotate(form=Unnest(F("forms"))), "form")

    @cached_property
    def _ages(self) -> Counts:
        return _counted(self._answers, "age_band")

    @cached_property
    def _titles(self) -> dict[int, str]:
        offers = self.survey.offers.select_related("topic")
        return {offer.topic_id: offer.topic.title for offer in offers}


def _counted(rows: QuerySet, field: str) -> Counts:
    return dict(rows.values(field).annotate(people=Count("pk")).values_list(field, "people"))


def _ranking(counts: Counts, labels: Mapping[Any, Any]) -> Ranking:
    """In the order of `labels` where equal; what nobody chose stands at the end."""
    rows = [(str(label), counts.get(key, 0)) for key, label in labels.items()]
    return sorted(rows, key=lambda row: -row[1])


def _age_labels() -> dict[str, str]:
    return {band.value: str(band.label) for band in AgeBand} | {"": _("no age given")}


def _without(hidden: set, sizes: Counts, labels: Mapping[str, Any]) -> dict[str, str]:
    """The parts that may be broken down, in the order of `labels`."""
    return {key: str(labels[key]) for key in labels if sizes.get(key) and key not in hidden}


def _cells(picks: QuerySet[AnswerTopic], part: F | Func) -> dict[int, Counts]:
    """How many people of each part name each topic: {topic: {part: people}}."""
    rows = picks.annotate(part=part).values("topic", "part").annotate(people=Count("pk"))
    cells: dict[int, Counts] = defaultdict(dict)
    for topic, key, people in rows.values_list("topic", "part", "people"):
        cells[topic][key] = people
    return cells


def _open(
    cells: dict[int, Counts], parts: list[str], hide: Callable[[Counts], set]
) -> dict[int, Counts]:
    """The cells that tell of nobody in particular."""
    rows = {
        topic: {part: row[part] for part in parts if part in row} for topic, row in cells.items()
    }
    return {
        topic: {part: people for part, people in row.items() if part not in hide(row)}
        for topic, row in rows.items()
    }


def _wanted_by(part: str, cells: dict[int, Counts], titles: dict[int, str]) -> Ranking:
    rows = [(titles[topic], row.get(part, 0)) for topic, row in cells.items()]
    return sorted((row for row in rows if row[1]), key=lambda row: (-row[1], row[0]))
