"""A hundred awards at the same moment against a sum for ten; beside it the control."""

from contextlib import nullcontext
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from edu_base.models import Application, Award, GrantFund, State
from tests.support.education import make_application, make_intake, make_year
from tests.support.grants import award, make_fund
from tests.support.races import together, trigger_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.large]
AT_ONCE, ENOUGH_FOR = 100, 10


def try_to_award(fund: GrantFund, student: Application, by: User) -> str:
    try:
        award(fund, student, by)
    except Refused as refusal:
        return refusal.code
    return "awarded"


@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_hundred_awards_against_a_sum_for_ten(is_guarded: bool, staff_user: User) -> None:
    """Without the guard that counts what is awarded, all of them go through."""
    intake = make_intake(make_year(places=AT_ONCE))
    students = [make_application(staff_user, intake, State.STUDYING) for _n in range(AT_ONCE)]
    fund = make_fund(total=3000 * ENOUGH_FOR)
    guard = "the_sum_awarded_follows_the_awards"
    with nullcontext() if is_guarded else trigger_off(Award, guard):
        answers = together(*(partial(try_to_award, fund, one, staff_user) for one in students))
    expected = ENOUGH_FOR if is_guarded else AT_ONCE
    assert answers.count("awarded") == Award.objects.filter(stands=True).count() == expected
    if is_guarded:
        assert answers.count("sum") == AT_ONCE - ENOUGH_FOR
