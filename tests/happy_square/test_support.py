"""What a group was given: what is said of it, and what the database refuses."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from diedie_edu.accounts.models import User
from happy_square.actions import support
from happy_square.models import Group, Support
from tests.conftest import NOW
from tests.support.groups import TODAY
from tests.support.refusals import guard_that_stops, refusal_of

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {"sort": "money", "what": "购买音箱", "given_on": TODAY}


def give(group: Group, by: User, **fields: Any) -> Support:
    said = GIVEN | {"amount": Decimal("300.50")} | fields
    return support.give(group=group, by=by, now=NOW, **said)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"amount": None}, ("no_amount", "amount")),
        ({"amount": None, "sort": "materials"}, None),
        ({"given_on": TODAY + timedelta(days=1)}, ("ahead", "given_on")),
    ],
)
def test_what_was_given_is_not_ahead_and_money_has_an_amount(
    group: Group, staff_user: User, fields: dict, refusal: tuple | None
) -> None:
    assert refusal_of(lambda: give(group, staff_user, **fields)) == refusal


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("money_given_has_an_amount", {"amount": None}),
        ("money_given_has_an_amount", {"sort": "gold"}),
        ("amount_given_is_positive", {"amount": 0}),
        ("support_says_what", {"what": ""}),
    ],
)
def test_the_database_keeps_support(
    group: Group, staff_user: User, constraint: str, values: dict
) -> None:
    row = Support.objects.filter(pk=give(group, staff_user).pk)
    assert guard_that_stops(lambda: row.update(**values)) == constraint
