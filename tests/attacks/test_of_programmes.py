"""Whoever has a right at one programme reads what belongs to it, and nothing of another."""

from collections.abc import Iterator
from typing import Any

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.belonging import is_within
from diedie_edu.common.manifests import programmes
from tests.conftest import new_user
from tests.support.access_house import for_the_module, furnished
from tests.support.of_programmes import LINES, Line, furnish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(scope="module")
def leads(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """One of each programme, and of the branch ("") for all; in a house with one of each thing."""
    with for_the_module(django_db_blocker):
        things = furnished().things
        furnish(things.done, things.stranger)
        lead = Role.PROGRAMME_LEAD
        yield {"": new_user(Role.BRANCH_LEAD)} | {
            slug: new_user(lead, scope=slug) for slug in programmes()
        }


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_a_lead_reads_of_the_own_programme_alone(leads: dict[str, User], line: Line) -> None:
    _name, read = line
    found = {slug: list(read(user)) for slug, user in leads.items()}
    of_all = found.pop("")
    assert of_all != []
    assert sorted(map(repr, of_all)) == sorted(repr(row) for rows in found.values() for row in rows)
    assert all(is_within(row, {slug}) for slug, rows in found.items() for row in rows)
