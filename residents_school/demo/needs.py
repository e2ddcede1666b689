"""What the residents of the demo season want: a survey with results, one that runs, wishes."""

import json
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from diedie_edu.common.days import PartOfWeek, local_day, moment
from diedie_edu.people.models import Resident, Topic, Volunteer
from residents_school.actions import surveys, wishes
from residents_school.models import Answer, AnswerTopic, Survey, TeachingForm
from residents_school.plan_data import FOLDER

Facts = dict[str, Any]
NEEDS = FOLDER / "needs.json"
RUNS_FOR = timedelta(days=20)
ENDED = timedelta(days=75)
FAVOURITES = (0.75, 0.6, 0.45, 0.35, 0.25, 0.2)  # how likely the first, second … is ticked
SO_FAR = 0.3  # the part of the people who have answered the running survey


def create_needs(staff: Any, resident: Resident, now: datetime) -> None:
    """Surveys with answers of nobody in particular; wishes of residents, and of the demo one."""
    facts: Facts = json.loads(NEEDS.read_text(encoding="utf-8"))
    random = Random(24)
    today = local_day(now)
    over = _survey(facts["published"], today - ENDED - RUNS_FOR, staff)
    _answer(over, facts, random, part=1.0)
    Survey.objects.filter(pk=over.pk).update(results_at=moment(today - ENDED + timedelta(days=9)))
    running = _survey(facts["running"], today - timedelta(days=6), staff)
    _answer(running, facts, random, part=SO_FAR)
    _wish(facts, resident, random, now)
    for name, times in facts["free_times"].items():
        Volunteer.objects.filter(resident__full_name=name).update(free_times=times)


def _survey(words: Facts, opens_on: date, staff: Any) -> Survey:
    plan = surveys.SurveyPlan(
        **words,
        opens_on=opens_on,
        closes_on=opens_on + RUNS_FOR,
        topics=list(Topic.objects.filter(is_offered=True)),
        forms=TeachingForm.values,
        times=PartOfWeek.values,
    )
    survey = surveys.plan_survey(plan=plan, by=staff, now=moment(opens_on))
    surveys.open_survey(survey=survey, by=staff)
    return survey


def _answer(survey: Survey, facts: Facts, random: Random, part: float) -> None:
    topics = {topic.title_zh: topic.pk for topic in Topic.objects.all()}
    tastes = [taste for taste in facts["tastes"] for _person in range(taste["people"])]
    people = [taste for taste in tastes if random.random() < part]
    answers = Answer.objects.bulk_create(
        _answer_of(survey, taste, number, random) for number, taste in enumerate(people)
    )
    for answer, words in zip(
        random.sample(answers, len(facts["typed"])), facts["typed"], strict=True
    ):
        Answer.objects.filter(pk=answer.pk).update(other_topic=words)
    AnswerTopic.objects.bulk_create(
        AnswerTopic(answer=answer, topic_id=topics[title])
        for answer, taste in zip(answers, people, strict=True)
        for title in _liked(taste["topics"], list(topics), random)
    )


def _answer_of(survey: Survey, taste: Facts, number: int, random: Random) -> Answer:
    on_paper = random.random() < taste["paper"]
    day = survey.opens_on + timedelta(days=random.randint(0, 5))
    return Answer(
        survey=survey,
        key=f"demo-{number}",
        source=Answer.Source.PAPER if on_paper else Answer.Source.ONLINE,
        age_band=taste["age"] if random.random() < 0.96 else "",
        forms=_some(taste["forms"], random),
        times=_some(taste["times"], random),
        answered_at=moment(day) + timedelta(hours=random.randint(8, 20)),
    )


def _some(values: list[str], random: Random) -> list[str]:
    return [value for value in values if random.random() < 0.7] or values[:1]


def _liked(favourites: list[str], all_topics: list[str], random: Random) -> set[str]:
    """One's own kind of topics mostly, and now and then any other."""
    chances = zip(favourites, FAVOURITES, strict=False)
    liked = {title for title, chance in chances if random.random() < chance}
    return liked | {random.choice(all_topics)} if random.random() < 0.5 or not liked else liked


def _wish(facts: Facts, resident: Resident, random: Random, now: datetime) -> None:
    topics = {topic.title_zh: topic.pk for topic in Topic.objects.all()}
    wishes.make_wishes(
        resident=resident, topics=[topics[title] for title in facts["wished"][:2]], now=now
    )
    others = Resident.objects.filter(volunteer=None).exclude(pk=resident.pk).order_by("pk")[:40]
    for person in others:
        wished = random.sample([*facts["wished"], "舞蹈", "器乐", "外语培训"], k=2)
        made = {topics[title] for title in wished}
        wishes.make_wishes(
            resident=person, topics=made, now=now - timedelta(days=random.randint(1, 40))
        )
