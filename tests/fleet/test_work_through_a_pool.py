"""Imports, which write by COPY over a table of their own, and back-ups: through a pool."""

from collections.abc import Callable
from pathlib import Path

import pytest

from diedie_edu.jobs.actions.run import run_next
from diedie_edu.keeping.actions.restoring import restore
from diedie_edu.keeping.actions.saving import back_up
from diedie_edu.keeping.models import Run
from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import ImportJob
from diedie_edu.people.models import Resident
from tests.conftest import NOW
from tests.keeping.conftest import KEY, hashes, kept  # noqa: F401  (a fixture)
from tests.people.conftest import CHEN, RESIDENTS, WANG
from tests.support.pgbouncer import needs_pgbouncer

pytestmark = [
    needs_pgbouncer,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pooled", "clock"),
]
NEW_PHONE = "13812340000"


def load(job: ImportJob) -> None:
    imports.confirm_import(job=job)
    assert run_next(NOW)


def test_a_list_comes_in_and_changes_what_is_there(checked: Callable[..., ImportJob]) -> None:
    load(checked(RESIDENTS, CHEN, WANG))
    load(checked(RESIDENTS, [*CHEN[:3], NEW_PHONE, CHEN[4]]))
    found = Resident.objects.filter(account=None).values_list("full_name", "phone")
    assert dict(found) == {CHEN[0]: NEW_PHONE, WANG[0]: WANG[3]}


def test_a_back_up_holds_all_there_is(kept: Path, checked: Callable[..., ImportJob]) -> None:  # noqa: F811
    load(checked(RESIDENTS, CHEN, WANG))
    before = hashes()
    back_up(path=kept / "saved", key=KEY, now=NOW)
    Run.objects.create(name="later")
    restore(path=kept / "saved", key=KEY, replace=True, now=NOW)
    after = hashes()
    assert {name for name in after if after[name] != before[name]} <= {"django_migrations"}
