"""Reads of surveys and of single answers."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Resident
from residents_school.models import Answer, AnswerTopic, Survey, SurveyTopic

PAPER = Q(answers__source=Answer.Source.PAPER)
COUNTS = Q(answers__burst__left_out_at=None)
TYPED_SHOWN = 12
ENDS_SOON = timedelta(days=3)


def running_surveys(today: date) -> QuerySet[Survey]:
    """What residents can answer today, the one that ends first on top."""
    return Survey.objects.filter(
        is_published=True, opens_on__lte=today, closes_on__gte=today
    ).order_by("closes_on", "id")


def surveys_waiting_for(user: User | AnonymousUser, today: date) -> QuerySet[Survey]:
    """Those that somebody can still answer; who has no account is always asked."""
    running = running_surveys(today)
    return running.exclude(answers__resident__account=user) if user.is_authenticated else running


def surveys_with_results() -> QuerySet[Survey]:
    """Newest results first."""
    return Survey.objects.exclude(results_at=None).order_by("-results_at", "-id")


def published_surveys() -> QuerySet[Survey]:
    """Every survey a visitor may open."""
    return Survey.objects.filter(is_published=True)


def with_numbers(surveys: QuerySet[Survey]) -> QuerySet[Any]:
    """Together with the number of answers, and how many of them came on paper."""
    return surveys.annotate(
        answered=Count("answers", filter=COUNTS), on_paper=Count("answers", filter=PAPER)
    )


def planned_surveys() -> QuerySet[Any]:
    """What staff see: drafts too, the newest first; not what was put away."""
    return with_numbers(Survey.objects.filter(deleted_at=None)).order_by("-opens_on", "-id")


def deleted_surveys() -> QuerySet[Any]:
    """Drafts that were put away, the latest first."""
    return with_numbers(Survey.objects.exclude(deleted_at=None)).order_by("-deleted_at", "-id")


def surveys_to_tend(today: date) -> QuerySet[Any]:
    """Drafts that should have begun, those about to end, and those over without results."""
    return with_numbers(to_tend(today, today + ENDS_SOON)).order_by("closes_on", "id")


def to_tend(today: date, soon: date) -> QuerySet[Survey]:
    due = Q(is_published=False, opens_on__lte=today)
    ending = Q(is_published=True, results_at=None, closes_on__lt=soon)
    return Survey.objects.filter(due | ending, deleted_at=None)


def surveys_for_paper(today: date) -> QuerySet[Survey]:
    """Those into which sheets can be entered; the running ones first."""
    return Survey.objects.filter(is_published=True, opens_on__lte=today, results_at=None).order_by(
        "-closes_on", "-id"
    )


def offers_of(survey: Survey) -> QuerySet[SurveyTopic]:
    """The topics it offers, in their order within the areas, with their numbers on paper."""
    return survey.offers.select_related("topic__area").order_by(
        "topic__area__position", "topic__area_id", "number"
    )


def answer_of(survey: Survey, resident: Resident | None, key: str) -> Answer | None:
    """What somebody has answered so far: a resident, or a browser by its key."""
    who = Q(resident=resident) if resident else Q(key=key) & ~Q(key="")
    return with_picks(survey.answers.filter(who)).first()


def that_count(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Without those that staff have left out."""
    return answers.filter(burst__left_out_at=None)


def bursts_of(survey: Survey) -> QuerySet[Any]:
    """More than ANSWERS_PER_HOUR from one network within an hour, with their `number`; those that
    are left out, however few."""
    bursts = survey.bursts.annotate(number=Count("answers")).select_related("left_out_by")
    many = Q(number__gt=settings.ANSWERS_PER_HOUR) | Q(left_out_at__isnull=False)
    return bursts.filter(many).order_by("since", "pk")


def with_picks(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """With the topics they name, in the order of the list of topics."""
    in_order = ("topic__area__position", "topic__position", "topic_id")
    picks = AnswerTopic.objects.select_related("topic__area").order_by(*in_order)
    return answers.prefetch_related(Prefetch("picks", picks))


def latest_sheets(survey: Survey, by: User, number: int) -> QuerySet[Answer]:
    """The sheets of paper that somebody has just entered, the last first."""
    entered = survey.answers.filter(source=Answer.Source.PAPER, entered_by=by)
    return with_picks(entered.order_by("-answered_at", "-id"))[:number]


def topics_named(survey: Survey, topics: set[int]) -> list[str]:
    """Which of these topics (ids) somebody has named in an answer."""
    named = AnswerTopic.objects.filter(answer__survey=survey, topic=OuterRef("topic"))
    offers = survey.offers.filter(Exists(named), topic__in=topics).select_related("topic")
    return [offer.topic.title for offer in offers]


def typed_topics(answers: QuerySet[Answer]) -> list[tuple[str, int]]:
    """Topics that are on no list and people typed, the most wanted first."""
    typed = answers.exclude(other_topic="").values("other_topic")
    counted = typed.annotate(people=Count("pk")).order_by("-people", "other_topic")
    return list(counted.values_list("other_topic", "people")[:TYPED_SHOWN])
