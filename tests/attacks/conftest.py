"""Staff and leads of a house that asks for a second factor; all pages and who opens them."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.portal.base_data import load_plan
from residents_school.models import Lecture
from tests.support.access_table import WHO
from tests.support.access_things import Things, make_things
from tests.support.bounds import Readers
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


# --- What a page reads ------------------------------------------------------------------


@pytest.fixture
def quiet() -> Iterator[None]:
    """A thousand answers to what nobody would ask are nothing to log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def readers(
    quiet: None, make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> Readers:
    """Whoever sees most comes first."""
    users = {letter: make_user(role, scope=scope) for letter, (role, scope) in WHO.items()}
    found = {letter: (users[letter], as_user(users[letter])) for letter in "slobcrug"}
    return {**found, "v": (None, Client())}


@pytest.fixture
def things(
    readers: Readers,
    make_lecture: Callable[..., Lecture],
    stranger: User,
) -> Things:
    load_plan()
    users = [user for user, _client in readers.values() if user]
    return make_things(make_lecture, stranger, users)
