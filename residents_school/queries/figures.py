"""The residents' school in figures: topics taught, and what residents say they want."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.permissions import Permission
from diedie_edu.figures.kinds import NOTHING, Indicator, Sheet, Value, in_programme, page
from diedie_edu.figures.queries.sessions import held
from diedie_edu.people.models import Topic
from residents_school.models import Answer, Lecture
from residents_school.queries.surveys import that_count
from residents_school.rules.lectures import PROGRAMME


def topics_taught(sheet: Sheet) -> Value:
    lectures = Lecture.objects.filter(occasions__in=held(sheet)).order_by()
    taught = lectures.values("topic").distinct().count()
    offered = Topic.objects.filter(is_offered=True).count()
    return Value(taught, max(taught, offered)) if taught else NOTHING


def answers(sheet: Sheet) -> Value:
    span = sheet.span
    rows = Answer.objects.filter(answered_at__gte=span.starts_at, answered_at__lt=span.ends_at)
    return Value(that_count(rows).count() or None)


TOPICS_TAUGHT = Indicator(
    slug="topics",
    title=_("Topics taught"),
    definition=_("Plan 三(一)2: topics with at least one lecture held, of all topics offered."),
    unit="",
    place=110,
    of=in_programme(PROGRAMME, topics_taught),
    programme=PROGRAMME,
    list_url=page(Permission.PLAN_ACTIVITIES, "residents_school:staff_lecture_list"),
)
ANSWERS = Indicator(
    slug="needs",
    title=_("Answers to surveys of needs"),
    definition=_("Plan 三(一)1: answers that came in, on the page or on paper."),
    unit=pgettext_lazy("unit of a figure", "answers"),
    place=120,
    of=in_programme(PROGRAMME, answers),
    programme=PROGRAMME,
    list_url=page(Permission.PLAN_ACTIVITIES, "residents_school:board"),
)
