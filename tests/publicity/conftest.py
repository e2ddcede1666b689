"""A lead who publishes, and whoever reads a post before it is published."""

from collections.abc import Callable

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from tests.support.news import SLUG


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.PROGRAMME_LEAD, scope=SLUG)


@pytest.fixture
def branch(make_user: Callable[..., User]) -> User:
    return make_user(Role.BRANCH_LEAD)
