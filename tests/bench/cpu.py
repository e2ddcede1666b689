"""CPU time of whole programs: a web server with its workers, and what PostgreSQL does for it.

Read from /proc, so on Linux alone; elsewhere, and for a PostgreSQL on another machine, all is 0.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

_TICK = 1 / os.sysconf("SC_CLK_TCK")


def of_tree(pid: int) -> float:
    """Seconds of a process and of all below it, ended ones that were waited for included."""
    return sum(_seconds(one) for one in _tree(pid))


def of_backends(database: str) -> float:
    """Seconds of the processes of PostgreSQL that now serve that database, but for our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [database],
        )
        return sum(_seconds(pid) for (pid,) in cursor.fetchall())


def _tree(pid: int) -> Iterator[int]:
    yield pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if children.exists():
        for child in children.read_text().split():
            yield from _tree(int(child))


def _seconds(pid: int) -> float:
    """Its own and its ended children's, in the program and in the kernel (proc_pid_stat(5))."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    after_name = told.rpartition(")")[2].split()
    return sum(map(int, after_name[11:15])) * _TICK
