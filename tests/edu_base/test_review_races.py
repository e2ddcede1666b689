"""Reviewers of one application hand in at the same moment."""

from collections.abc import Callable
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from edu_base.actions import reviewers
from edu_base.models import Application, Criterion, Reviewer, State
from edu_base.rules import review as rules
from tests.conftest import NOW
from tests.support.education import make_application, make_intake
from tests.support.races import all_look_first, together
from tests.support.refusals import code_of
from tests.support.reviewing import declare, make_criteria, make_reviewer

pytestmark = pytest.mark.django_db(transaction=True)
REVIEWERS = 4


@pytest.fixture
def row(staff_user: User) -> Application:
    intake = make_intake()
    make_criteria(intake, papers=100)
    return make_application(staff_user, intake, State.ELIGIBLE)


@pytest.fixture
def all_of_them(row: Application, make_user: Callable[..., User]) -> list[Reviewer]:
    found = [make_reviewer(row.intake, make_user()) for _ in range(REVIEWERS)]
    for one in found:
        declare(one, row)
    return found


def hand_in(application: Application, reviewer: Reviewer) -> bool:
    points = {Criterion.objects.get().pk: 80}
    say = {"application": application, "reviewer": reviewer, "part": "papers", "points": points}
    return code_of(lambda: reviewers.hand_in(**say, now=NOW)) != "enough"


def handed_in(row: Application, all_of_them: list[Reviewer]) -> int:
    return sum(together(*[partial(hand_in, row, one) for one in all_of_them]))


def test_no_more_mark_than_the_class_asks_for(
    row: Application, all_of_them: list[Reviewer]
) -> None:
    assert handed_in(row, all_of_them) == 1
    assert row.reviews.count() == 1


def test_control_without_the_lock_all_of_them_do(
    monkeypatch: pytest.MonkeyPatch, row: Application, all_of_them: list[Reviewer]
) -> None:
    unlocked = Application.objects.select_related("intake", "person")
    monkeypatch.setattr(reviewers, "lock_application", lambda pk: unlocked.get(pk=pk))
    all_look_first(monkeypatch, rules, "check_may_mark", REVIEWERS)
    assert handed_in(row, all_of_them) == REVIEWERS
