"""Several threads on one database, each with a connection of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier, Event, local
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, connections, models, transaction

from diedie_edu.activities.models import Occasion
from tests.support.refusals import check_at_once, code_of, guard_or_none

Call = Callable[[], Any]
PATIENCE = 30.0  # seconds; reached only where something hangs


def together(*calls: Call) -> list[Any]:
    """Call all at the same moment; what they return, in order. A thread's exception is raised."""
    barrier = Barrier(len(calls))

    def run(call: Call) -> Any:
        return _on_own_connection(call, before=lambda: barrier.wait(PATIENCE))

    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(run, call) for call in calls]
    return [future.result() for future in futures]


def meanwhile(call: Call) -> Future:
    """Run `call` beside the present transaction until it has ended or stands before a lock.

    This puts two threads into one certain order without any sleeping and hoping.
    """
    pid: list[int] = []
    started = Event()

    def note_pid() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid.append(cursor.fetchone()[0])
        started.set()

    pool = ThreadPoolExecutor(1)
    future = pool.submit(_on_own_connection, call, before=note_pid)
    pool.shutdown(wait=False)
    assert started.wait(PATIENCE)
    deadline = monotonic() + PATIENCE
    while not future.done() and not _stands_before_a_lock(pid[0]):
        assert monotonic() < deadline, "neither done nor blocked"
        sleep(0.005)
    return future


def right_after(first: Call, second: Call) -> str | None:
    """The second begins when the first is done and nobody can see it yet: the code by which it is
    refused, None where it goes through. What it may not decide on the old state, it must lock."""
    with transaction.atomic():
        first()
        later = meanwhile(partial(code_of, second))
    return later.result(PATIENCE)


def stopped_behind(first: Call, second: Call) -> str | None:
    """As `right_after`, past the actions: the guard of the database that stops the second, None
    where it goes through. What is checked at the end of the first has been checked by then."""
    with transaction.atomic():
        first()
        check_at_once()
        later = meanwhile(partial(guard_or_none, second))
    return later.result(PATIENCE)


def _on_own_connection(call: Call, before: Call) -> Any:
    try:
        connection.ensure_connection()
        before()
        return call()
    finally:
        connections.close_all()


def _stands_before_a_lock(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid])
        return cursor.fetchone()[0]


def all_look_first(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, threads: int
) -> None:
    """Each thread's first call of a function ends only when all of them have made it."""
    original, barrier, seen = getattr(module, name), Barrier(threads), local()

    def slow(*args: object, **named: object) -> object:
        result = original(*args, **named)
        if not hasattr(seen, "once"):
            seen.once = barrier.wait(PATIENCE)
        return result

    monkeypatch.setattr(module, name, slow)


def first_time(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, then: Callable[[], object]
) -> list:
    """Right after a function's first call, `then` runs beside; its future is in the list."""
    original, futures = getattr(module, name), []

    def watched(*args: object, **named: object) -> object:
        result = original(*args, **named)
        if not futures:
            futures.append(None)
            futures[0] = meanwhile(then)
        return result

    monkeypatch.setattr(module, name, watched)
    return futures


@contextmanager
def constraint_dropped(model: type[models.Model], name: str) -> Iterator[None]:
    """The table without one of its guards, for negative controls. Its rows go at the end."""
    guard = next(row for row in model._meta.constraints if row.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, guard)
    try:
        yield
    finally:
        with transaction.atomic():
            Occasion.objects.all().delete()  # which hold their bookings back
            model.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(model, guard)


@contextmanager
def trigger_off(model: type[models.Model], name: str) -> Iterator[None]:
    """The table without one of its guards, for negative controls. The test's rows go with it."""
    guard = next(row for row in model._meta.triggers if row.name == name)
    guard.disable(model)
    try:
        yield
    finally:
        guard.enable(model)


def stands_at(hold: Call, call: Call) -> str:
    """The statement at which `call` waits for what somebody else holds; "" where it waits for
    nothing. Nothing that either does stays."""
    with transaction.atomic():
        hold()
        later = meanwhile(partial(undone, call))
        statement = ""
        while not (statement or later.done()):  # whoever gives way comes again and again
            statement = _waiting_for_me()
        transaction.set_rollback(True)
    later.exception(PATIENCE)
    return statement


def goes_past(hold: Call, call: Call) -> Any:
    """What `call` comes to beside what somebody else holds, for which it does not wait; None where
    it is turned away."""
    with transaction.atomic():
        hold()
        later = meanwhile(partial(undone, call))
        assert later.done(), f"waits at {_waiting_for_me()}"
        transaction.set_rollback(True)
    return None if later.exception() else later.result()


def undone(call: Call) -> Any:
    """What it comes to; nothing of it stays."""
    with transaction.atomic():
        found = call()
        transaction.set_rollback(True)
    return found


def _waiting_for_me() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT query FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return " ".join(statement for [statement] in cursor.fetchall())
