"""Nothing is told of what was rolled back: places that catch an error of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.backends.postgresql.base import DatabaseWrapper as Plain
from django.db.transaction import TransactionManagementError

from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import programmes
from diedie_edu.common.postgres.base import DatabaseWrapper
from diedie_edu.jobs.actions.run import TryLaterError
from diedie_edu.notices.models import Tick
from tests.conftest import NOW
from tests.support import refusing
from tests.support.caught import safe_places, unsafe_places
from tests.support.races import meanwhile

ROOT = Path(settings.BASE_DIR)
APPS = ["diedie_edu", *(name.replace("-", "_") for name in programmes())]
# Where no transaction is open, or what is called writes in one of its own.
ALLOWED = {
    "diedie_edu/celery.py: __call__": "around a whole task",
    "diedie_edu/common/checks.py: refuse_unfit_database": "at a server's start",
    "diedie_edu/common/spreadsheets/xls_child.py: main": "a process of its own, without Django",
    "diedie_edu/jobs/actions/run.py: run_next": "a worker's loop",
    "diedie_edu/jobs/actions/leases.py: _prolong": "a thread with a connection of its own",
    "diedie_edu/keeping/actions/runs.py: held_alone": "around a whole task",
    "diedie_edu/keeping/actions/runs.py: noted": "the same",
    "diedie_edu/keeping/actions/tables.py: take_alone": "what it raises ends the restore",
    "diedie_edu/local/postgres.py: _answers": "another connection, without Django",
    "diedie_edu/notices/channels/providers.py: asked": "a call of a provider, outside of any block",
    "diedie_edu/notices/channels/providers.py: handed_over": "the same",
    "diedie_edu/notices/channels/sms_alibaba.py: _send": "the same",
    "diedie_edu/notices/channels/sms_tencent.py: _send": "the same",
    "diedie_edu/notices/checks.py: check_signature": "at a server's start",
    "diedie_edu/notices/management/commands/run_outbox.py: run_until": "the loop itself",
    "diedie_edu/notices/outbox/calls.py: _call": "a call of a gateway, outside of any block",
    "diedie_edu/notices/queries/state.py: health": "reads for a page of its own",
    "diedie_edu/people/actions/following.py: followed": "actions that open a block themselves",
}  # Methods, which are tried with all that they stand in: tests/attacks/test_odd_input.py.
IN_PAGES = {
    f"diedie_edu.accounts.admin_refusals.{view}" for view in ("changeform_view", "delete_view")
}


# --- The shape -------------------------------------------------------------------------


def found_by(look: Callable[[str], Iterator[str]]) -> set[str]:
    files = [path for name in APPS for path in (ROOT / name).rglob("*.py")]
    sources = {path: path.read_text("utf-8") for path in files if "migrations" not in path.parts}
    return {f"{path.relative_to(ROOT)}: {name}" for path in sources for name in look(sources[path])}


def test_what_may_fail_stands_in_a_block_of_its_own() -> None:
    assert found_by(unsafe_places) == set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("try:\n    row.save()\nexcept IntegrityError:\n    pass", True),
        ("try:\n    row.save()\nexcept (Refused, db.IntegrityError):\n    pass", True),
        ("try:\n    row.save()\nexcept Exception:\n    pass", True),
        ("try:\n    row.save()\nexcept:\n    pass", True),
        ("with suppress(IntegrityError):\n    row.save()", True),
        ("with atomic(), suppress(IntegrityError):\n    row.save()", True),
        (
            "try:\n    with atomic():\n        row.save()\n    other.save()\nexcept Error:\n    0",
            True,
        ),
        ("with suppress(IntegrityError), transaction.atomic():\n    row.save()", False),
        ("try:\n    with transaction.atomic():\n        row.save()\nexcept Error:\n    0", False),
        ("try:\n    row.save()\nexcept Refused:\n    pass", False),
    ],
)
def test_the_shape_is_found(source: str, is_found: bool) -> None:
    assert bool(list(unsafe_places(source))) == is_found


# --- Each place ------------------------------------------------------------------------


@contextmanager
def in_a_block(told: list[str]) -> Iterator[None]:
    """`told` is what waits for the commit of what was written before."""
    with transaction.atomic():
        Tick.objects.create(part="before", ran_at=NOW)
        transaction.on_commit(lambda: told.append("done"))
        with suppress(Refused, DatabaseError, TryLaterError):
            yield


def test_every_place_is_tried() -> None:
    named = {place.replace("/", ".").replace(".py: ", ".") for place in found_by(safe_places)}
    assert named == set(refusing.CASES) | IN_PAGES


@pytest.mark.django_db
@pytest.mark.parametrize("function", refusing.CASES)
def test_what_was_written_before_stays(function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_a_block([]):
        refusing.call(function, monkeypatch)
    assert Tick.objects.filter(part="before").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "module",
    ["diedie_edu.accounts.actions.accounts", "edu_base.actions.applying"],
)
def test_without_its_block_all_is_lost(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    monkeypatch.setattr(f"{module}.transaction", SimpleNamespace(atomic=nullcontext))
    with pytest.raises(DatabaseError), in_a_block([]):
        refusing.call(f"{module}._save", monkeypatch)
    assert not Tick.objects.exists()


# --- The commit itself -----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_an_error_has_ended_is_never_told_as_done() -> None:
    told: list[str] = []
    with pytest.raises(TransactionManagementError), in_a_block(told):
        refusing.refuse()
    assert (told, Tick.objects.exists()) == ([], False)
    with in_a_block(told):
        pass
    assert (told, Tick.objects.exists()) == (["done"], True)


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_was_not_waited_for_ends_it_too() -> None:
    Tick.objects.create(part="locked", ran_at=NOW)
    with transaction.atomic():
        Tick.objects.select_for_update().get(part="locked")

        def beside() -> None:
            with in_a_block([]):
                Tick.objects.select_for_update(nowait=True).get(part="locked")

        with pytest.raises(TransactionManagementError):
            meanwhile(beside).result()


@pytest.mark.django_db(transaction=True)
def test_without_that_look_the_page_would_say_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: rows gone, and what waits for the commit runs."""
    monkeypatch.setattr(DatabaseWrapper, "_commit", Plain._commit)
    told: list[str] = []
    with in_a_block(told):
        refusing.refuse()
    assert (told, Tick.objects.exists()) == (["done"], False)
