"""A lead who writes, a lead who helps, a branch lead who reviews."""

from collections.abc import Callable

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from tests.figures.conftest import hold  # noqa: F401
from tests.support.office import SCHOOL


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.PROGRAMME_LEAD, scope=SCHOOL, display_name="程向阳")


@pytest.fixture
def other_lead(make_user: Callable[..., User]) -> User:
    """Of the same programme."""
    return make_user(Role.PROGRAMME_LEAD, scope=SCHOOL, display_name="沈知夏")


@pytest.fixture
def branch_lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.BRANCH_LEAD, display_name="秦望舒")


@pytest.fixture
def square_lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.PROGRAMME_LEAD, scope="happy-square", display_name="祝远山")
