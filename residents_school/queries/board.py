"""The planning board: what residents want, what was given, who could teach the rest."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Count, Exists, F, Func, OuterRef, QuerySet, Sum, TextChoices
from django.utils.http import urlencode

from diedie_edu.activities.models import Activity
from diedie_edu.common.days import PartOfWeek
from diedie_edu.people.models import Skill, Topic, Volunteer
from residents_school.models import Answer, AnswerTopic, Lecture, TeachingForm
from residents_school.queries import lectures, results
from residents_school.queries.surveys import that_count
from residents_school.queries.wishes import open_wishes

Choice = TypeVar("Choice", bound=TextChoices)
LOOKS_BACK = timedelta(days=365)


@dataclass(frozen=True)
class TopicDemand:
    """One topic. `answers` are people who named it in a survey, `wishes` further people who
    want it and are not answered yet; `given` lectures with `filled` seats lie behind, `ahead`
    ones are planned. `form` and `time` are what most of the people in the surveys like, None
    where nobody said.
    """

    topic: Topic
    answers: int
    wishes: int
    given: int
    filled: int
    ahead: int
    form: TeachingForm | None
    time: PartOfWeek | None
    teachers: list[Volunteer]

    @property
    def people(self) -> int:
        return self.answers + self.wishes

    @property
    def gap(self) -> int:
        """People who want it for whom there was no seat."""
        return max(0, self.people - self.filled)

    @property
    def proposal(self) -> str:
        """What the form of a lecture is opened with, as the query of its address."""
        liked = (("teaching_form", self.form), ("time", self.time))
        said = [(name, choice.value) for name, choice in liked if choice]
        return urlencode([("topic", self.topic.pk), *said])

    @property
    def filled_share(self) -> int:
        """The seats filled, in percent of the people who want it."""
        return min(100, round(100 * self.filled / self.people)) if self.people else 0


def planning_board(now: datetime) -> list[TopicDemand]:
    """All topics, the widest gap first, in a constant number of queries."""
    since = now - LOOKS_BACK
    answers, wishes = _answers(since), _wishes(since)
    given, ahead = _given(since, now), _ahead(now)
    forms = _favourites(since, results.Unnest(F("answer__forms")), TeachingForm)
    times = _favourites(since, results.Unnest(F("answer__times")), PartOfWeek)
    teachers = _teachers()
    rows = [
        TopicDemand(
            topic=topic,
            answers=answers.get(topic.pk, 0),
            wishes=wishes.get(topic.pk, 0),
            given=given.get(topic.pk, (0, 0))[0],
            filled=given.get(topic.pk, (0, 0))[1],
            ahead=ahead.get(topic.pk, 0),
            form=forms.get(topic.pk),
            time=times.get(topic.pk),
            teachers=teachers.get(topic.pk, []),
        )
        for topic in Topic.objects.select_related("area")
    ]
    wanted = [row for row in rows if row.topic.is_offered or row.people]
    return sorted(wanted, key=lambda row: (-row.gap, -row.people))


def answers_that_count(now: datetime) -> QuerySet[Answer]:
    """Those of the last twelve months."""
    return that_count(Answer.objects.filter(answered_at__gte=now - LOOKS_BACK))


def _picks(since: datetime) -> QuerySet[AnswerTopic]:
    return AnswerTopic.objects.filter(
        answer__answered_at__gte=since, answer__burst__left_out_at=None
    )


def _answers(since: datetime) -> dict[int, int]:
    """People, not answers: whoever signed in counts once, however many surveys there were."""
    rows = _picks(since).values("topic")
    unknown = rows.filter(answer__resident=None).annotate(people=Count("pk"))
    known = rows.exclude(answer__resident=None).annotate(
        people=Count("answer__resident", distinct=True)
    )
    people: Counter[int] = Counter()
    for counted in (unknown, known):
        people.update(dict(counted.values_list("topic", "people")))
    return people


def _wishes(since: datetime) -> dict[int, int]:
    """People who have not said the same in a survey."""
    said = _picks(since).filter(answer__resident=OuterRef("resident"), topic=OuterRef("topic"))
    rows = open_wishes().filter(~Exists(said)).order_by().values("topic")
    counted = rows.annotate(people=Count("resident", distinct=True))
    return dict(counted.values_list("topic", "people"))


def _given(since: datetime, now: datetime) -> dict[int, tuple[int, int]]:
    """Lectures and seats filled, by topic."""
    rows = (
        Lecture.objects.filter(state=Activity.State.PUBLISHED)
        .filter(occasions__ends_at__gt=since, occasions__ends_at__lte=now)
        .values("topic")
        .annotate(lectures=Count("pk"), filled=Sum("taken"))
    )
    return {row["topic"]: (row["lectures"], row["filled"]) for row in rows}


def _ahead(now: datetime) -> dict[int, int]:
    """Lectures that will answer a topic; drafts too, so that nothing is planned twice."""
    rows = Lecture.objects.filter(occasions__ends_at__gt=now).exclude(
        state=Activity.State.CALLED_OFF
    )
    counted = rows.values("topic").annotate(lectures=Count("pk"))
    return dict(counted.values_list("topic", "lectures"))


def _favourites(since: datetime, choice: Func, known: type[Choice]) -> dict[int, Choice]:
    """What most of those who named a topic like."""
    rows = _picks(since).annotate(choice=choice).values("topic", "choice")
    counted = rows.annotate(people=Count("pk")).order_by("people", "-choice")
    return {
        topic: known(choice)
        for topic, choice, _people in counted.values_list("topic", "choice", "people")
    }


def _teachers() -> dict[int, list[Volunteer]]:
    found: dict[int, list[Volunteer]] = defaultdict(list)
    skills = Skill.objects.filter(volunteer__in=Volunteer.objects.filter(lectures.WHO_CAN_SPEAK))
    for skill in skills.select_related("volunteer__resident").order_by(
        "volunteer__resident__sort_key", "volunteer_id"
    ):
        found[skill.topic_id].append(skill.volunteer)
    return found
