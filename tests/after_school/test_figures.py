"""The 4:30 school in the registry of figures: numbers only."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from after_school.models import Collector, Presence, Session, Term
from after_school.rules.terms import PROGRAMME
from diedie_edu.figures.kinds import ALL, Sheet, Value
from diedie_edu.figures.queries.figures import figures_of
from diedie_edu.figures.queries.sessions import session_rows
from diedie_edu.figures.spans import SpanKind, span_on
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.occasions import rebook

pytestmark = pytest.mark.django_db
SPAN = span_on(SpanKind.SCHOOL, NOW.date())
EVENING = NOW + timedelta(hours=12)


def values(programme: str = PROGRAMME) -> dict[str, Value]:
    return {row.indicator.slug: row.value for row in figures_of(programme, SPAN, EVENING)}


def test_an_afternoon_counts_once_for_all_its_rooms(
    term: Term, make_session: Callable[..., Session], presence: Presence
) -> None:
    yesterday = make_session(term, TODAY - timedelta(days=3), "closed")
    make_session(term, TODAY - timedelta(days=4))
    found = values()
    assert found["sessions"] == Value(2)
    assert found["visits"] == found["people"] == found["enrolled"] == Value(1)
    rebook(yesterday.term.occasions.filter(zone_day__session=yesterday), is_off=True)
    assert values()["sessions"] == values(ALL)["sessions"] == Value(1)


def test_a_child_counts_once_and_comes_each_time(
    term: Term, make_session: Callable[..., Session], presence: Presence, collector: Collector
) -> None:
    row = {"enrolment": presence.enrolment, "term": term, "child": presence.child}
    row |= {"zone": presence.zone, "arrived_by": presence.arrived_by, "collector": collector}
    came = {"arrived_at": NOW - timedelta(days=3), "left_at": NOW - timedelta(days=3)}
    before = make_session(term, TODAY - timedelta(days=3), "open")
    Presence.objects.create(
        session=before, left_by=presence.arrived_by, checked_how="known", **row, **came
    )
    for found in (values(), values(ALL)):
        numbers = [found[slug].number for slug in ("visits", "people", "newfaces")]
        assert numbers == [2, 1, 1]


def test_the_page_of_sessions_adds_up_to_the_visits(presence: Presence) -> None:
    rows = session_rows(Sheet(SPAN, EVENING), [PROGRAMME])
    assert sum(row.came for row in rows) == values()["visits"].number == 1
