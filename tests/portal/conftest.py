from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role

RESIDENTS_SCHOOL, HAPPY_SQUARE = "residents-school", "happy-square"


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def browser(as_user: Callable[[User], Client], resident_user: User) -> Client:
    return as_user(resident_user)


@pytest.fixture
def lead_of(
    as_user: Callable[[User], Client], make_user: Callable[..., User]
) -> Callable[[str], Client]:
    """The browser of somebody who leads one programme."""
    return lambda slug: as_user(make_user(Role.PROGRAMME_LEAD, scope=slug))
