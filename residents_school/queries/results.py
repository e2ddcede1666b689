"""What a survey found: rankings for everybody, and what may be told of parts of the people."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, QuerySet
from django.utils.translation import gettext as _

from diedie_edu.common.days import PartOfWeek
from diedie_edu.people.models import TopicArea
from residents_school.models import AgeBand, Answer, AnswerTopic, Survey, TeachingForm
from residents_school.rules import SMALL, too_small, withheld

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


@dataclass(frozen=True)
class Results:
    """Numbers of people, largest first; `ages` in the order of age, small bands together."""

    people: int
    on_paper: int
    areas: Ranking
    topics: Ranking
    forms: Ranking
    times: Ranking
    ages: Ranking
    by_age: list[Part]
    by_form: list[Part]

    @property
    def is_too_small(self) -> bool:
        """Whether so few have answered that nothing is shown but their number."""
        return self.people < SMALL


def results_of(survey: Survey) -> Results:
    """Everything a results page shows, in a constant number of queries."""
    answers = survey.answers.order_by()
    sources = _counted(answers, "source")
    titles = {offer.topic_id: offer.topic.title for offer in survey.offers.select_related("topic")}
    topics = _counted(_picks(survey), "topic")
    ages = _counted(answers, "age_band")
    forms = _counted(answers.annotate(form=Unnest(F("forms"))), "form")
    times = _counted(answers.annotate(time=Unnest(F("times"))), "time")
    return Results(
        people=sum(sources.values()),
        on_paper=sources.get(Answer.Source.PAPER, 0),
        areas=_areas(survey),
        topics=_ranking(topics, titles),
        forms=_ranking(forms, dict(TeachingForm.choices)),
        times=_ranking(times, dict(PartOfWeek.choices)),
        ages=_ages(ages),
        by_age=_by_age(survey, ages, topics, titles),
        by_form=_by_form(survey, forms, titles),
    )


def _picks(survey: Survey) -> QuerySet[AnswerTopic]:
    return AnswerTopic.objects.filter(answer__survey=survey)


def _counted(rows: QuerySet, field: str) -> Counts:
    return dict(rows.values(field).annotate(people=Count("pk")).values_list(field, "people"))


def _areas(survey: Survey) -> Ranking:
    """Whoever names several topics of an area counts once."""
    people = Count("topics__picks__answer", distinct=True)
    named = TopicArea.objects.filter(topics__picks__answer__survey=survey)
    areas = named.annotate(people=people).order_by("-people", "position")
    return [(area.title, area.people) for area in areas]


def _ranking(counts: Counts, labels: Mapping[Any, Any]) -> Ranking:
    """In the order of `labels` where equal; what nobody chose stands at the end."""
    rows = [(str(label), counts.get(key, 0)) for key, label in labels.items()]
    return sorted(rows, key=lambda row: -row[1])


def _age_labels() -> dict[str, str]:
    return {**dict(AgeBand.choices), "": _("no age given")}


def _ages(ages: Counts) -> Ranking:
    """Bands of fewer than five people are shown together with others."""
    hidden = withheld(ages)
    shown = [
        (str(label), ages[band])
        for band, label in _age_labels().items()
        if ages.get(band) and band not in hidden
    ]
    rest = sum(ages[band] for band in hidden)
    return [*shown, (_("other ages"), rest)] if rest else shown


def _by_age(survey: Survey, ages: Counts, topics: Counts, titles: dict[int, str]) -> list[Part]:
    """Bands share out the people of a topic; those that are not shown count as one more part."""
    shown = _without(withheld(ages), ages, _age_labels())
    cells = _cells(_picks(survey), F("answer__age_band"))
    for topic, row in cells.items():
        row[REST] = topics[topic] - sum(row.get(band, 0) for band in shown)
    return _parts(shown, ages, _open(cells, [*shown, REST], withheld), titles)


def _by_form(survey: Survey, forms: Counts, titles: dict[int, str]) -> list[Part]:
    """Forms overlap, for one person may like several: nothing can be worked out from their sum."""
    shown = _without(too_small(forms), forms, dict(TeachingForm.choices))
    cells = _cells(_picks(survey), Unnest(F("answer__forms")))
    return _parts(shown, forms, _open(cells, [*shown], too_small), titles)


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


def _parts(
    shown: Mapping[str, str], sizes: Counts, cells: dict[int, Counts], titles: dict[int, str]
) -> list[Part]:
    return [
        Part(label, sizes[part], _wanted_by(part, cells, titles)) for part, label in shown.items()
    ]


def _wanted_by(part: str, cells: dict[int, Counts], titles: dict[int, str]) -> Ranking:
    rows = [(titles[topic], row.get(part, 0)) for topic, row in cells.items()]
    return sorted((row for row in rows if row[1]), key=lambda row: (-row[1], row[0]))
