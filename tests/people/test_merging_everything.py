"""Everybody for whom the portal holds something is merged into an empty record and back."""

from collections.abc import Callable

import pytest
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.references import MOVE, naming
from diedie_edu.people.actions.changes import settle, undo_change
from diedie_edu.people.actions.merging import merge_residents
from diedie_edu.people.models import Resident
from diedie_edu.portal.base_data import load_plan
from tests.conftest import NOW
from tests.people.test_merging import everything
from tests.support.access_things import make_things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FACTS = {"reason": "同一个人", "now": NOW}


def held_by(person: Resident) -> set[tuple[str, str]]:
    """Tables and columns in which somebody stands and would move."""
    return {
        (rows.model._meta.label, column)
        for rows, column, on, _value in naming(person)
        if on.merged is MOVE and rows.exists()
    }


def test_merged_into_an_empty_record_and_back(
    make_lecture: Callable, make_user: Callable, stranger: User, staff_user: User
) -> None:
    load_plan()
    make_things(make_lecture, stranger, [make_user(role) for role in (Role.VOLUNTEER, Role.STAFF)])
    settle()
    before, moved = everything(), set()
    for person in Resident.objects.exclude(account=staff_user).order_by("pk"):
        with transaction.atomic():
            moved |= there_and_back(person, staff_user, before)
            transaction.set_rollback(True)
    assert len(moved) >= 30, moved


def there_and_back(person: Resident, by: User, before: dict) -> set[tuple[str, str]]:
    """What moved, and came back as it was."""
    held, empty = held_by(person), Resident.objects.create(full_name=person.full_name)
    made = merge_residents(kept=empty, gone=person, by=by, **FACTS)
    assert held_by(Resident.rows.get(pk=person.pk)) == set(), person
    assert held <= held_by(empty), person
    assert undo_change(change=made, by=by, **FACTS) == []
    after = everything()
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    changed = {(label, key) for label, key in changed if label != "keeping.Ending"}  # of its own
    assert changed == {("people.Resident", empty.pk)}, (held, changed)
    return held
