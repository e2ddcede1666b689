"""Guards that were dropped, replaced or switched off by hand are seen, and `migrate` mends them."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from diedie_edu.keeping.actions import guards
from diedie_edu.keeping.actions.guards import GuardMissingError, check, put_back
from diedie_edu.keeping.models import Run
from diedie_edu.keeping.tasks import watch_guards
from diedie_edu.people.models import Resident
from tests.support.refusals import run

pytestmark = pytest.mark.django_db


def trigger(like: str) -> tuple[str, str]:
    """A trigger's name and table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname::text, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s",
            [like],
        )
        [found] = cursor.fetchall()
    return found


DROPPED = "DROP TRIGGER {name} ON {table}"
OFF = "ALTER TABLE {table} DISABLE TRIGGER {name}"
NOTHING = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
EMPTY = "CREATE OR REPLACE FUNCTION {name}() " + NOTHING
NEVER = (
    "DROP TRIGGER {name} ON {table}; CREATE TRIGGER {name} AFTER UPDATE ON {table}"
    " FOR EACH ROW WHEN (false) EXECUTE FUNCTION {name}()"
)


@pytest.mark.parametrize("change", [DROPPED, OFF, EMPTY, NEVER])
@pytest.mark.parametrize(
    "like", ["ends\\_consent", "pgtrigger\\_child\\_keeps\\_a\\_live\\_consent%"]
)
def test_what_was_changed_by_hand_is_seen_and_put_back(like: str, change: str) -> None:
    check()
    name, table = trigger(like)
    run(change.format(name=name, table=table))
    with pytest.raises(GuardMissingError):
        check()
    assert [message.id for message in run_checks(tags=["database"], databases=["default"])] == [
        "keeping.W001"
    ]
    put_back()
    check()
    assert trigger(like) == (name, table)


def test_what_lets_guards_be_passed_over_is_one_of_them() -> None:
    """Each trigger asks it first: with another answer none of them would refuse anything."""
    run(
        "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean"
        " LANGUAGE sql AS $$ SELECT trigger_name <> 'none' $$"
    )
    assert not guards.stand()
    put_back()
    check()


def test_what_nobody_declares_goes() -> None:
    run(
        f"CREATE FUNCTION ends_all() {NOTHING};"
        "CREATE TRIGGER ends_all AFTER INSERT ON people_resident FOR EACH ROW"
        " EXECUTE FUNCTION ends_all()"
    )
    with pytest.raises(GuardMissingError):
        check()
    put_back()
    check()
    with pytest.raises(ValueError, match="unpack"):
        trigger("ends\\_all")


def test_a_forbidden_write_that_goes_through_is_seen_and_leaves_nothing() -> None:
    """The catalogue is as it was; what a guard asks is not."""
    run(
        "CREATE OR REPLACE FUNCTION people_check_child(person bigint) RETURNS void"
        " LANGUAGE plpgsql AS $$ BEGIN END $$"
    )
    assert guards.stand()
    with pytest.raises(GuardMissingError):
        watch_guards()
    assert not Resident.rows.exists()
    assert Run.objects.get(name="watch_guards").failed_at


def test_of_another_version_nothing_is_said_before_migrate() -> None:
    run(guards.NOTE.format("another found"))
    assert guards.stand()
    put_back()
    assert guards.noted() == f"{guards.declared()} {guards.found()}"
