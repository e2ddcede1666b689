"""Who hears of what happens in a programme: whoever may do what it asks for."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission, Role
from diedie_edu.accounts.queries import accounts_with

pytestmark = pytest.mark.django_db
PROGRAMMES = ["residents-school", "after-school"]


@pytest.fixture
def _everybody(make_user: Callable[..., User]) -> None:
    """Every role in either programme, one of two roles, one for everything, and one who is gone."""
    for programme in PROGRAMMES:
        for role in Role:
            make_user(role, scope=programme)
    make_user(Role.STAFF, Role.BRANCH_LEAD)
    make_user(is_superuser=True)
    make_user(Role.STAFF, is_active=False)


@pytest.mark.usefixtures("_everybody")
@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("permission", Permission)
def test_those_who_may_are_those_who_hear(permission: Permission, programme: str) -> None:
    may = [user.pk for user in User.objects.order_by("pk") if user.may(permission, programme)]
    assert [user.pk for user in accounts_with(permission, programme)] == may


@pytest.mark.usefixtures("_everybody")
def test_it_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert list(accounts_with(Permission.LOOK_AFTER_CHILDREN, "after-school"))
