"""What a class is marked by: fixed from the day its window opens."""

from datetime import timedelta

from diedie_edu.accounts.models import User
from edu_base.actions import reviewers
from edu_base.models import Criterion, Intake, State
from tests.conftest import NOW
from tests.support.education import make_application
from tests.support.refusals import code_of, refused_by
from tests.support.reviewing import make_criteria


def test_weights_are_fixed_from_the_day_the_window_opens(intake: Intake) -> None:
    tomorrow = NOW.date() + timedelta(days=1)
    Intake.objects.filter(pk=intake.pk).update(opens_on=tomorrow)
    row = Criterion(intake=intake, part="papers", title_zh="成绩", weight=60)
    reviewers.save_criterion(row)
    row.weight = 50
    reviewers.save_criterion(row)
    same = Criterion(intake=intake, part="papers", title_zh="成绩", weight=1)
    assert code_of(lambda: reviewers.save_criterion(same)) == "same"
    Intake.objects.filter(pk=intake.pk).update(opens_on=NOW.date())
    row.weight = 40
    assert code_of(lambda: reviewers.save_criterion(row)) == "fixed"
    assert code_of(lambda: reviewers.remove_criterion(row)) == "fixed"
    with refused_by("weights_are_fixed_once_the_window_opens"):
        Criterion.objects.create(intake=intake, part="papers", title_zh="表现", weight=50)


def test_a_window_in_which_somebody_applied_is_not_closed_to_change_weights(
    intake: Intake, staff_user: User
) -> None:
    make_application(staff_user, intake, State.SUBMITTED)
    with refused_by("a_window_with_applications_has_opened"):
        Intake.objects.filter(pk=intake.pk).update(opens_on=NOW.date() + timedelta(days=1))


def test_a_criterion_says_what_and_weighs_something(intake: Intake) -> None:
    make_criteria(intake)
    tomorrow = NOW.date() + timedelta(days=1)
    Intake.objects.filter(pk=intake.pk).update(opens_on=tomorrow)
    facts = {"intake": intake, "part": "papers"}
    with refused_by("criterion_has_a_weight"):
        Criterion.objects.create(**facts, title_zh="成绩", weight=0)
    with refused_by("criterion_says_what"):
        Criterion.objects.create(**facts, title_zh="", weight=1)
    with refused_by("criterion_once_in_a_class"):
        Criterion.objects.create(**facts, title_zh="papers", weight=1)
