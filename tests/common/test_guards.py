"""The guards that the models declare stand in the database."""

import pgtrigger
import pytest
from django.db import models

from diedie_edu.common.guards import Guard, NeverEmptied
from tests.support.refusals import refused_by, run

pytestmark = pytest.mark.django_db
GUARDS = [
    pytest.param(model, guard, id=guard.name)
    for model, guard in pgtrigger.registered()
    if isinstance(guard, Guard)
]
NEVER_EMPTIED = [row for row in GUARDS if isinstance(row.values[1], NeverEmptied)]


@pytest.mark.parametrize(("model", "guard"), GUARDS)
def test_the_database_holds_every_guard_as_it_is_declared(model: type[models.Model], guard: Guard):
    assert guard.get_installation_status(model) == ("INSTALLED", True)


@pytest.mark.parametrize(("model", "guard"), NEVER_EMPTIED)
def test_no_log_is_emptied(model: type[models.Model], guard: Guard) -> None:
    with refused_by(str(guard.name)):
        run(f'TRUNCATE "{model._meta.db_table}" CASCADE')


def test_where_the_sql_stands_in_the_source_asks_for_no_migration() -> None:
    near, far = "\nFROM one\n  WHERE two\n", "\n        FROM one\n          WHERE two\n        "
    model = GUARDS[0].values[0]
    hashes = {
        Guard(name="a", operation=pgtrigger.Update, found=query, message="No.").compile(model).hash
        for query in (near, far)
    }
    assert len(hashes) == 1


WATCHING = [row for row in GUARDS if "UPDATE OF" in str(row.values[1].operation)]


@pytest.mark.parametrize(("model", "guard"), WATCHING)
def test_a_column_that_keeps_its_value_is_no_change(model: type[models.Model], guard: Guard):
    """Else a row could not be saved once what the guard asks about others has gone on."""
    func = guard.compile(model).install_sql
    columns = str(guard.operation).replace('"', "").partition("UPDATE OF ")[2].split(" OR ")[0]
    old = ", ".join(f"OLD.{column}" for column in columns.split(", "))
    assert f"TG_OP = 'UPDATE' AND ROW({old}) IS NOT DISTINCT FROM" in func
