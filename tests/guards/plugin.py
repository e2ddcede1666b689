"""Loaded into pytest by `make guards`: notes what tests come past (`GUARDS=note`), or runs them
with one guard out after the other (`GUARDS=known`: the test that saw it before, `named`: those that
speak of it, `try`: all that come past it)."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from pytest_django.plugin import blocking_manager_key

from tests.guards.importing import switch_modules, switch_templates
from tests.guards.known import remember
from tests.guards.records import Notes, Results, fingerprint
from tests.guards.state import GUARDS, give_names

LONGEST = 120  # seconds of a test; without a guard it may wait for ever
NOTES, RESULTS = Notes(), Results()
# They start processes of their own, which have all their guards.
ELSEWHERE = (
    "tests/flows/",
    "tests/local/",
    "tests/bench/",
    "tests/chaos/",
    "tests/storm/",
    "tests/accounts/test_checks.py",
    "tests/activities/test_rush.py",
    "tests/common/test_checks.py",
    "tests/lists/test_killed.py",
    "tests/notices/test_run_outbox.py",
)

give_names()
switch_modules()


def pytest_collection() -> None:
    from tests.guards.watching import watch

    switch_templates()
    watch()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only what runs in this process; and, to be noted, only what has changed since."""
    usable = [item for item in items if not _is_elsewhere(item)]
    if os.environ["GUARDS"] == "note":
        usable = [item for item in usable if not NOTES.knows(item.nodeid, fingerprint(item.path))]
    gone = [item for item in items if item not in set(usable)]
    config.hook.pytest_deselected(items=gone)
    items[:] = usable


def _is_elsewhere(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("browser", "large"))
    return marked or item.nodeid.startswith(ELSEWHERE)


# --- Noting ----------------------------------------------------------------------------


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    GUARDS.passed.clear()
    started = monotonic()
    yield
    if os.environ["GUARDS"] == "note":
        mark = item.get_closest_marker("django_db")
        NOTES.add(
            item.nodeid,
            file=fingerprint(item.path),
            passed=sorted(GUARDS.passed) if _went_well(item) else None,
            seconds=monotonic() - started,
            commits="committed" in item.fixturenames or _commits(mark),  # type: ignore[attr-defined]
        )


def _commits(mark: pytest.Mark | None) -> bool:
    return bool(mark and mark.kwargs.get("transaction"))


def _went_well(item: pytest.Item) -> bool:
    return item.stash.get(WENT, False)


WENT = pytest.StashKey[bool]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[None]:
    outcome: Any = yield
    report = outcome.get_result()
    item.stash[WENT] = report.passed and (call.when == "setup" or item.stash[WENT])


# --- Trying ----------------------------------------------------------------------------


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    if os.environ["GUARDS"] == "note" or not session.items:
        return None
    from tests.guards.trying import Trying

    by_id = {item.nodeid: item for item in session.items}
    runtestprotocol(session.items[0], log=False, nextitem=session)  # makes the database
    with session.config.stash[blocking_manager_key].unblock():
        trying = Trying(NOTES, RESULTS)
    for guard, nodeids in _pairs(trying, session.items):
        for nodeid in [one for one in nodeids if one in by_id]:
            if seen := _sees(guard, by_id[nodeid]):
                RESULTS.seen(guard.name, nodeid, seen)
                break
            RESULTS.missed(guard.name, nodeid, fingerprint(by_id[nodeid].path))
    runtestprotocol(session.items[0], log=False, nextitem=None)
    remember(trying.all, RESULTS)
    return True


def _pairs(trying: Any, items: list[pytest.Item]) -> Iterator[tuple[Any, list[str]]]:
    match os.environ["GUARDS"]:
        case "known":
            return trying.known(items)
        case "named":
            return trying.named(items)
    return trying.pairs()


def _sees(guard: Any, item: pytest.Item) -> str:
    """How the test fails while the guard is out; "" where it does not. What the tests of a module
    share is made with all guards in, and is the same afterwards: else the failure proves nothing.
    """
    for _made_anew in range(2):  # for what an earlier guard's test may have left behind
        _take_down(item)
        if _shares(item) and item.parent not in item.session._setupstate.stack:
            _run(item)
        said = _run(item, guard)
        if not (said and _shares(item) and _run(item)):
            return said
        item.session._setupstate.teardown_exact(item.session)  # type: ignore[arg-type]
    return ""


def _take_down(item: pytest.Item) -> None:
    """What other tests share, and this one does not."""
    kept = item.parent if _shares(item) else item.session
    item.session._setupstate.teardown_exact(kept)  # type: ignore[arg-type]


def _shares(item: pytest.Item) -> bool:
    """Whether the tests of its module share what is made once."""
    found = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
    return any(made.scope == "module" for row in found for made in row)


def _run(item: pytest.Item, guard: Any = None) -> str:
    """How the test fails, with `guard` out; "" where it does not."""
    GUARDS.out = guard and guard.name
    OUT[:] = [guard] if getattr(guard, "take_out", None) else []
    kept: Any = item.parent if _shares(item) else item.session
    try:
        with _no_longer_than(LONGEST):
            reports = runtestprotocol(item, log=False, nextitem=kept)
    finally:
        GUARDS.out, OUT[:] = None, []
    failed = [report.longreprtext for report in reports if report.failed]
    return _said(failed[0]) if failed else ""


def _said(failure: str) -> str:
    """What went wrong, in a line; nothing where the test itself wanted to take the guard out."""
    lines = [line for line in failure.splitlines() if line.startswith("E ")] or [failure[-200:]]
    own = ("errors.Undefined", "pending trigger events")
    return "" if any(word in line for line in lines for word in own) else lines[0]


OUT: list[Any] = []  # the guard of the database that the next test goes without


@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[None]:
    """The database's guard goes when the test's database is there: inside its transaction, which
    is rolled back, or for as long as the test lasts."""
    yield
    if OUT and fixturedef.argname == "_django_db_helper":
        from tests.guards.database import run_all

        run_all(OUT[0].take_out)
        if not _commits(request.node.get_closest_marker("django_db")):
            OUT.clear()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    yield
    if OUT:
        from tests.guards.database import run_all

        with item.config.stash[blocking_manager_key].unblock():
            run_all(OUT[0].put_back)


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    def stop(*_signal: Any) -> None:
        raise TimeoutError(f"waits for more than {seconds} s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
