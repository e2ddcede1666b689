"""The ranking of a class: its order, what decided it, and that it stays the same."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Notice
from edu_base.actions import ranking
from edu_base.models import Application, Intake, State
from edu_base.rules.ranking import ORDER, Candidate, Marked, ranked
from tests.conftest import NOW
from tests.support.education import make_application, walk
from tests.support.refusals import code_of
from tests.support.reviewing import make_criteria, make_reviewer, mark

PAPERS, INTERVIEW = Marked(1, 60, False, Decimal(80)), Marked(2, 40, True, Decimal(80))
ONE = Candidate(1, NOW, [PAPERS, INTERVIEW])


def other(papers: int, interview: int, number: int = 2, later: int = 0) -> Candidate:
    marks = [replace(PAPERS, mean=Decimal(papers)), replace(INTERVIEW, mean=Decimal(interview))]
    return Candidate(number, NOW + timedelta(minutes=later), marks)


@pytest.mark.parametrize(
    ("two", "decided"),
    [
        (other(90, 80), "marks"),
        (other(70, 95), "interview"),
        (other(80, 80, later=-5), "submitted"),
        (other(80, 80, number=0), "number"),
    ],
)
def test_the_written_order_decides(two: Candidate, decided: str) -> None:
    rows = ranked([ONE, two])
    assert [row.candidate for row in rows] == [two, ONE]
    assert {row.by for row in rows} == {",".join(ORDER[: ORDER.index(decided) + 1])}


def test_the_criterion_that_weighs_most_comes_after_the_interview() -> None:
    parts = [Marked(1, 50, False, Decimal(90)), Marked(2, 20, False, Decimal(60))]
    better = Candidate(2, NOW, parts)
    worse = Candidate(
        1, NOW, [replace(parts[0], mean=Decimal(86)), Marked(2, 20, False, Decimal(70))]
    )
    assert better.score == worse.score
    assert [row.candidate for row in ranked([worse, better])] == [better, worse]
    assert ranked([worse, better])[0].by == "marks,interview,weightiest"


def test_the_same_marks_give_the_same_ranking_in_whatever_order_they_are_read() -> None:
    rows = [other(60 + n % 7, 60 + n % 5, number=n, later=n % 3) for n in range(200)]
    first = ranked(rows)
    for seed in range(5):
        mixed = random.Random(seed).sample(rows, len(rows))
        assert ranked(mixed) == first


# --- A class ---------------------------------------------------------------------------


@pytest.fixture
def marked(intake: Intake, staff_user: User, make_user: Callable[..., User]) -> list[Application]:
    """Three that were interviewed and marked: 74, 86 and 86, the last two set apart by the
    interview."""
    make_criteria(intake)
    reviewer = make_reviewer(intake, make_user())
    rows = [make_application(staff_user, intake, State.INTERVIEWED) for _ in range(3)]
    for row, papers, interview in zip(rows, (70, 90, 80), (80, 80, 95), strict=True):
        mark(reviewer, row, papers=papers, interview=interview)
    return rows


def ranks(rows: list[Application]) -> list[int | None]:
    for row in rows:
        row.refresh_from_db()
    return [row.rank for row in rows]


def test_a_class_is_ranked_by_its_marks(
    marked: list[Application], intake: Intake, staff_user: User
) -> None:
    assert ranking.rank(intake=intake, by=staff_user, now=NOW) == 3
    assert ranks(marked) == [3, 2, 1]
    assert {row.state for row in marked} == {State.RANKED}
    assert [row.score for row in marked] == [Decimal(74), Decimal(86), Decimal(86)]
    assert [row.rank_by for row in marked] == ["marks", "marks,interview", "marks,interview"]
    assert Notice.objects.filter(kind="edu_base.ranked", channel="inbox").count() == 3


def test_ranked_a_year_later_it_is_the_same(
    marked: list[Application], intake: Intake, staff_user: User
) -> None:
    ranking.rank(intake=intake, by=staff_user, now=NOW)
    before = [(row.rank, row.rank_by) for row in Application.objects.order_by("pk")]
    ranking.rank(intake=intake, by=staff_user, now=NOW + timedelta(days=365))
    assert [(row.rank, row.rank_by) for row in Application.objects.order_by("pk")] == before
    assert {row.steps.count() for row in marked} == {4}, "who is ranked takes no second step"


def test_whoever_comes_later_stands_behind_once_places_are_proposed(
    marked: list[Application], intake: Intake, staff_user: User, make_user: Callable[..., User]
) -> None:
    ranking.rank(intake=intake, by=staff_user, now=NOW)
    walk(Application.objects.get(rank=1), State.PROPOSED, staff_user)
    late = make_application(staff_user, intake, State.INTERVIEWED)
    mark(make_reviewer(intake, make_user()), late, papers=100, interview=100)
    ranking.rank(intake=intake, by=staff_user, now=NOW)
    assert ranks([*marked, late]) == [3, 2, 1, 4]


def test_before_that_all_are_ranked_anew(
    marked: list[Application], intake: Intake, staff_user: User, make_user: Callable[..., User]
) -> None:
    ranking.rank(intake=intake, by=staff_user, now=NOW)
    walk(Application.objects.get(rank=1), State.WITHDRAWN, staff_user)
    late = make_application(staff_user, intake, State.INTERVIEWED)
    mark(make_reviewer(intake, make_user()), late, papers=100, interview=100)
    ranking.rank(intake=intake, by=staff_user, now=NOW)
    assert ranks([*marked, late]) == [3, 2, None, 1]


def test_nobody_is_ranked_whose_marks_are_missing(intake: Intake, staff_user: User) -> None:
    make_criteria(intake)
    make_application(staff_user, intake, State.INTERVIEWED)
    assert code_of(lambda: ranking.rank(intake=intake, by=staff_user, now=NOW)) == "nobody"


def test_without_criteria_it_is_who_came_first(intake: Intake, staff_user: User) -> None:
    Intake.objects.filter(pk=intake.pk).update(has_interview=False)
    late = make_application(staff_user, intake, State.ELIGIBLE, now=NOW + timedelta(hours=1))
    soon = make_application(staff_user, intake, State.ELIGIBLE)
    intake.refresh_from_db()
    ranking.rank(intake=intake, by=staff_user, now=NOW)
    assert ranks([late, soon]) == [2, 1]


# --- Its page --------------------------------------------------------------------------


@pytest.mark.usefixtures("clock")
def test_the_page_takes_the_same_number_of_queries(
    marked: list[Application], intake: Intake, staff_user: User, as_user: Callable[[User], Client]
) -> None:
    client, page = as_user(staff_user), reverse("edu_base:ranking", args=[intake.pk])
    client.post(reverse("edu_base:rank", args=[intake.pk]))
    make_application(staff_user, intake, State.ELIGIBLE)
    with CaptureQueriesContext(connection) as few:
        assert client.get(page).status_code == 200
    for _more in range(5):
        make_application(staff_user, intake, State.ELIGIBLE)
    with CaptureQueriesContext(connection) as many:
        assert client.get(page).context["missing"].paginator.count == 6
    assert len(few) == len(many)


def test_whoever_is_taken_up_again_after_a_refusal_is_ranked_behind_the_others(
    intake: Intake, staff_user: User, make_user: Callable[..., User]
) -> None:
    make_criteria(intake)
    reviewer = make_reviewer(intake, make_user())
    first, second = (make_application(staff_user, intake, State.INTERVIEWED) for _n in range(2))
    for row in (first, second):
        mark(reviewer, row, papers=80, interview=80)
    ranking.rank(intake=intake, by=staff_user, now=NOW)
    for to in (State.REFUSED, State.SUBMITTED, State.ELIGIBLE, State.INTERVIEWED):
        first.refresh_from_db()
        walk(first, to, staff_user)
    second.refresh_from_db()
    walk(second, State.PROPOSED, staff_user)
    assert ranking.rank(intake=intake, by=staff_user, now=NOW) == 1
    first.refresh_from_db()
    assert (first.state, first.rank) == (State.RANKED, 3)
