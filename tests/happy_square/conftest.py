"""A group with a leader, somebody of the staff, and what was found."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from happy_square.actions import findings
from happy_square.models import Finding, Group, Visit
from tests.conftest import NOW
from tests.support.groups import TODAY, lead, make_group

IN_A_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def leader(make_user: Callable[..., User]) -> User:
    return make_user(Role.RESIDENT)


@pytest.fixture
def group(leader: User) -> Group:
    found = make_group(title="晨光太极队")
    lead(found, leader.resident)
    return found


@pytest.fixture
def visit(group: Group, staff_user: User) -> Callable[..., Visit]:
    """`visit("noise", due_on=…)`: safety and order were fine, the points named were not."""

    def enter(*points: str, due_on: date = IN_A_WEEK, **fields: object) -> Visit:
        given = {"group": group, "sheet": uuid4(), "in_order": ["safety", "order"], "now": NOW}
        found = [findings.Found(point, f"{point}要整改。", due_on) for point in points]
        return findings.enter_visit(**given | {"found": found, "by": staff_user} | fields)

    return enter


@pytest.fixture
def finding(visit: Callable[..., Visit]) -> Finding:
    return visit("noise").findings.get()
