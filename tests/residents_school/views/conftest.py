from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import User


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)
