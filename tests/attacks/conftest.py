"""Staff and leads of a house that asks for a second factor."""

from collections.abc import Callable

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from tests.support.second_step import PASSWORD


@pytest.fixture
def second_step_required(settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def staff(make_user: Callable[..., User]) -> User:
    return make_user(Role.STAFF, password=PASSWORD)


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.BRANCH_LEAD, password=PASSWORD)
