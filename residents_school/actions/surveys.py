"""Planning a survey, opening it, and publishing what it found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Topic
from residents_school.models import Survey, SurveyTopic
from residents_school.queries import surveys
from residents_school.rules import needs


@dataclass(frozen=True)
class SurveyPlan:
    """All that staff decide about one survey."""

    title: str
    introduction: str
    audience: str
    opens_on: date
    closes_on: date
    topics: Sequence[Topic]
    forms: Sequence[str]
    times: Sequence[str]

    def words(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "topics"}


@transaction.atomic
def plan_survey(*, plan: SurveyPlan, by: User, now: datetime) -> Survey:
    """Prepare a survey as a draft. Raises `Refused` where its days do not fit."""
    needs.check_period(plan.opens_on, plan.closes_on, local_day(now))
    survey = Survey.objects.create(created_by=by, **plan.words())
    _offer(survey, plan.topics)
    return survey


@transaction.atomic
def change_survey(*, survey: Survey, plan: SurveyPlan, by: User, now: datetime) -> Survey:
    """Change a survey, also while it runs; topics that somebody has named stay.

    Raises `Refused` as `plan_survey` does, where a named topic would go, and once its results
    are published.
    """
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    needs.check_can_change(locked)
    if (plan.opens_on, plan.closes_on) != (locked.opens_on, locked.closes_on):
        needs.check_period(plan.opens_on, plan.closes_on, local_day(now))
    offered = set(locked.offers.values_list("topic", flat=True))
    gone = offered - {topic.pk for topic in plan.topics}
    needs.check_topics_stay(surveys.topics_named(locked, gone))
    locked.offers.filter(topic__in=gone).delete()
    _offer(locked, [topic for topic in plan.topics if topic.pk not in offered])
    Survey.objects.filter(pk=locked.pk).update(**plan.words())
    locked.refresh_from_db()
    return locked


def _offer(survey: Survey, topics: Sequence[Topic]) -> None:
    """New topics come behind, under new numbers: sheets of paper may be printed already."""
    last = survey.offers.aggregate(last=Max("number"))["last"] or 0
    SurveyTopic.objects.bulk_create(
        SurveyTopic(survey=survey, topic=topic, number=number)
        for number, topic in enumerate(topics, last + 1)
    )


@transaction.atomic
def delete_draft(*, survey: Survey, by: User, now: datetime) -> None:
    """Put a draft away; it can be restored. Raises `Refused` once residents have seen it."""
    needs.check_is_draft(Survey.objects.select_for_update().get(pk=survey.pk))
    Survey.objects.filter(pk=survey.pk).update(deleted_at=now)


def restore_draft(*, survey: Survey, by: User) -> None:
    """A draft again. Twice is harmless."""
    Survey.objects.filter(pk=survey.pk).update(deleted_at=None)


def open_survey(*, survey: Survey, by: User) -> None:
    """Let residents see it and answer from its first day on. Opening twice is harmless."""
    Survey.objects.filter(pk=survey.pk).update(is_published=True)


@transaction.atomic
def publish_results(*, survey: Survey, by: User, now: datetime) -> None:
    """Show the results to everybody; from then on no answer is added. Twice is harmless.

    Raises `Refused` while the survey is running.
    """
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if locked.has_results:
        return
    needs.check_results_can_be_published(locked, local_day(now))
    Survey.objects.filter(pk=locked.pk).update(results_at=now)
