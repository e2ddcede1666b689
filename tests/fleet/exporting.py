"""Lists on their way out of several processes, forked from one as Celery's are: they have the same
thread, by whose number Django names a cursor."""

import hashlib
import multiprocessing
from collections.abc import Callable, Sequence
from io import BytesIO

from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper as Djangos
from django.db.models import QuerySet

from diedie_edu.common.postgres.base import DatabaseWrapper
from diedie_edu.common.spreadsheets.workbooks import save_list
from diedie_edu.lists.kinds import Exported

Read = Callable[[], bytes]
TURNS = 6
PATIENCE = 120  # seconds


def as_a_worker_writes(exported: Exported) -> bytes:
    """In one transaction, which holds the cursor."""
    columns, rows = exported
    file = BytesIO()
    with transaction.atomic():
        save_list(file, "csv", columns, rows, sheet="")
    return file.getvalue()


def in_a_loop(query: "QuerySet") -> bytes:
    """As code loops that no transaction holds."""
    return repr([tuple(row) for row in query.iterator(chunk_size=50)]).encode()


def digest(read: Read) -> str:
    """Of what was read; the kind of the error where it failed."""
    try:
        return hashlib.sha256(read()).hexdigest()
    except Exception as error:
        return type(error).__name__


def from_processes(reads: Sequence[Read]) -> list[set[str]]:
    """What each read comes to, several times in a process of its own, all at once."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    start, told = context.Barrier(len(reads)), context.Queue()

    def work(number: int) -> None:
        try:
            start.wait(PATIENCE)
            told.put((number, {digest(reads[number]) for _turn in range(TURNS)}))
        finally:
            connections.close_all()

    processes = [context.Process(target=work, args=(number,)) for number in range(len(reads))]
    for process in processes:
        process.start()
    found = dict(told.get(timeout=PATIENCE) for _process in processes)
    for process in processes:
        process.join(PATIENCE)
    return [found[number] for number in range(len(reads))]


def as_django_does() -> None:
    """Cursors that outlive their transaction, as its own backend makes them."""
    DatabaseWrapper.chunked_cursor = Djangos.chunked_cursor  # type: ignore[method-assign]
