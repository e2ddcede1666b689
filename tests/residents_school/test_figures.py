"""The residents' school in the registry of figures."""

from collections.abc import Callable
from datetime import date

import pytest

from diedie_edu.common.days import moment
from diedie_edu.figures.kinds import NOTHING, Value
from diedie_edu.figures.queries.figures import figures_of
from diedie_edu.figures.spans import SpanKind, span_on
from diedie_edu.people.models import Topic
from residents_school.models import Lecture
from residents_school.rules.lectures import PROGRAMME
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def values() -> dict[str, Value]:
    found = figures_of(PROGRAMME, span_on(SpanKind.YEAR, NOW.date()), NOW)
    return {row.indicator.slug: row.value for row in found}


def test_topics_count_once_of_all_that_are_offered(
    make_lecture: Callable[..., Lecture], topic: Topic
) -> None:
    assert values()["topics"] == NOTHING
    Topic.objects.create(area=topic.area, title_zh="书法")
    for day in (date(2026, 3, 7), date(2026, 3, 14)):
        make_lecture(day=day, sign_up_opens_at=moment(date(2026, 1, 1)))
    make_lecture(topic=Topic.objects.create(area=topic.area, title_zh="舞蹈"))
    found = values()
    assert (found["topics"], found["sessions"]) == (Value(1, Topic.objects.count()), Value(2))
    assert found["needs"] == NOTHING
