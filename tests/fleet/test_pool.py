"""Through a real PgBouncer in transaction mode: each reader gets its own rows, whatever limits time
is in force, and a pool that is full says so before anybody gives up."""

import time
from collections.abc import Iterator
from functools import partial

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import OperationalError, close_old_connections, connection, connections
from django.test import Client

from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.postgres.base import DatabaseWrapper
from diedie_edu.keeping.actions.time_limits import limits_in_force
from diedie_edu.lists.kinds import ListKind
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from diedie_edu.venues.models import Venue
from tests.conftest import NOW, new_user
from tests.fleet.exporting import (
    as_a_worker_writes,
    as_django_does,
    from_processes,
    in_a_loop,
)
from tests.support.pgbouncer import needs_pgbouncer, pgbouncer, through_pool
from tests.support.refusals import run

pytestmark = [needs_pgbouncer, pytest.mark.django_db(transaction=True)]
MANY = 2_500  # rows: more than one piece of a cursor


@pytest.fixture
def lists() -> dict[str, object]:
    """What a worker would write, by the slug of the list."""
    Resident.objects.bulk_create(
        Resident(full_name=f"居民{number}", phone=f"139{number:08}") for number in range(MANY)
    )
    Venue.objects.bulk_create(
        Venue(title_zh=f"场地{number}", title_en=f"Room {number}", places=number + 1)
        for number in range(MANY)
    )
    keeper = new_user(Role.BRANCH_LEAD, Role.STAFF)
    kinds = {kind.slug: kind for kind in parts_of(ListKind)}
    return {
        slug: kinds[slug].exported(keeper, local_day(NOW))
        for slug in ("residents", "volunteers", "contacts", "signups")
    }


def test_lists_of_several_processes_are_the_same_as_without_a_pool(lists) -> None:
    reads = [partial(as_a_worker_writes, exported) for exported in lists.values()]
    reads += [
        partial(in_a_loop, model.objects.order_by("pk").values_list())
        for model in (Resident, Venue)
    ]
    alone = [found for read in reads for found in from_processes([read])]
    assert all(len(found) == 1 for found in alone)
    with pgbouncer(default_pool_size="3") as port, through_pool(port):
        assert from_processes(reads) == alone


def test_control_djangos_own_cursors_get_rows_of_another_table_or_none() -> None:
    Resident.objects.bulk_create(Resident(full_name=f"居民{number}") for number in range(MANY))
    Venue.objects.bulk_create(
        Venue(title_zh=f"场地{number}", title_en="", places=1) for number in range(MANY)
    )
    names = [("full_name", Resident), ("title_zh", Venue)]
    loops = [
        partial(in_a_loop, model.objects.order_by("pk").values_list(name)) for name, model in names
    ] * 2
    own = DatabaseWrapper.chunked_cursor
    right = [found for read in loops for found in from_processes([read])]
    try:
        as_django_does()
        with pgbouncer(default_pool_size="2") as port, through_pool(port):
            found = from_processes(loops)
    finally:
        DatabaseWrapper.chunked_cursor = own
    assert found != right


# --- Limits of time --------------------------------------------------------------------


@pytest.fixture
def role() -> Iterator[None]:
    """As it was, in the end."""
    yield
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    run(f"ALTER ROLE CURRENT_USER IN DATABASE {name} RESET ALL")


def warned(tag: str = "database") -> list[str]:
    return [message.id for message in run_checks(tags=[tag], databases=["default"])]


def test_limits_of_time_live_on_the_role(role: None, settings: LazySettings, capsys) -> None:
    settings.POOLED = True
    with pgbouncer() as port, through_pool(port):
        assert warned() == ["keeping.W002"]
        assert set(limits_in_force().values()) == {0}
        call_command("limit_time")
        assert "statement_timeout: 60 s" in capsys.readouterr().out
    with pgbouncer() as port, through_pool(port):
        assert limits_in_force() == settings.TIME_LIMITS
        assert warned() == []


def test_what_a_session_asks_for_at_its_start_is_refused_or_dropped(settings: LazySettings) -> None:
    """Either way it does not hold, so the check names it."""
    asked = {"options": "-c statement_timeout=5000"}
    with pgbouncer() as port, through_pool(port):
        connection.settings_dict["OPTIONS"] = asked
        with pytest.raises(OperationalError, match="unsupported startup parameter"):
            connection.ensure_connection()
    with pgbouncer(ignore_startup_parameters="options") as port, through_pool(port):
        settings.POOLED = True
        assert "keeping.E001" not in [message.id for message in run_checks()]
        connection.settings_dict["OPTIONS"] = asked
        assert limits_in_force()["statement_timeout"] == 0
        assert "keeping.E001" in [message.id for message in run_checks()]


def test_a_pool_that_is_full_is_told_to_visitors_in_time() -> None:
    """Sooner than any proxy gives up: `query_wait_timeout` is below its limit."""
    with pgbouncer(default_pool_size="1", query_wait_timeout="1") as port, through_pool(port):
        other = connections.create_connection("default")
        try:
            with other.cursor() as cursor:
                cursor.execute("BEGIN")
                began = time.monotonic()
                answer = Client().get("/")
                assert (answer.status_code, answer["Retry-After"]) == (503, "10")
                assert time.monotonic() - began < 5
        finally:
            other.close()
        close_old_connections()  # as between any two requests
        assert Client().get("/").status_code == 200


# --- What is left in a connection ------------------------------------------------------


def test_nothing_that_one_client_sets_is_found_by_the_next(pooled: int) -> None:
    """What the portal sets, it sets for its transaction."""
    with pgbouncer(default_pool_size="1") as port, through_pool(port):
        with connection.cursor() as cursor:
            cursor.execute("BEGIN; SET LOCAL lock_timeout = '20ms'; COMMIT")
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("0",)
        other.close()
    assert Notice.objects.count() == 0
