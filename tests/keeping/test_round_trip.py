"""A back-up of the whole demo comes back: every table with every row."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from diedie_edu.keeping.actions import tables
from diedie_edu.keeping.actions.restoring import LEAP, restore
from diedie_edu.keeping.actions.saving import back_up
from tests.keeping.conftest import KEY, hashes
from tests.lists.test_round_trips import demo_season
from tests.support.tables import empty_tables

pytestmark = pytest.mark.django_db(transaction=True)
OF_PEOPLE = {"people_resident", "accounts_user", "people_consent", "activities_signup"}


def test_every_table_of_the_demo_comes_back(kept: Path) -> None:
    with demo_season() as now:
        file, before, last = kept / "demo.backup", hashes(), tables.sequences()
        guards = triggers()
        back_up(path=file, key=KEY, now=now)
        empty_tables()
        emptied = hashes()
        # Before any message was due: of those nobody knows whether they were sent since.
        found = restore(path=file, key=KEY, replace=False, now=now - timedelta(days=400))

    assert {name for name in OF_PEOPLE if emptied[name] != before[name]} == OF_PEOPLE
    assert hashes() == before
    assert found.rows > 1000
    assert found.made_at == now
    assert triggers() == guards
    assert all(next_number(name) == last[name] + LEAP for name in ("people_resident_id_seq",))


def triggers() -> list[tuple[str, ...]]:
    """Triggers and keys, and whether they are on and when they are asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger"
            " WHERE NOT tgisinternal UNION ALL"
            " SELECT conrelid::regclass::text, conname, condeferrable::text FROM pg_constraint"
            " ORDER BY 1, 2, 3"
        )
        return cursor.fetchall()


def next_number(sequence: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{sequence}')")
        return int(cursor.fetchone()[0])
