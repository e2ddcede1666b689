"""Web servers and Celery workers as `make run` starts them, on loopback, for as long as needed."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from diedie_edu.celery import app
from diedie_edu.local.ports import HOST
from diedie_edu.local.process import Child
from diedie_edu.local.run import answers, web_command, worker_command
from tests.bench import cpu
from tests.bench.databases import url_of
from tests.support.rush import Address

FOLDER = Path(settings.BASE_DIR) / "var" / "bench"
PORTAL = "diedie_edu.wsgi:application"
BARE = "tests.bench.bare.wsgi:application"
UNGUARDED = "tests.bench.unguarded:application"
WORKERS = 2


class Server:
    """A running web server."""

    def __init__(self, port: int, child: Child, database: str) -> None:
        self.address: Address = (HOST, port)
        self.child = child
        self.database = database

    @property
    def cpu_seconds(self) -> float:
        """What it and its connections to PostgreSQL have used since they started."""
        return cpu.of_tree(self.child.process.pid) + cpu.of_backends(self.database)

    @property
    def peak_memory(self) -> float:
        """Megabytes that its largest worker has held at any moment; 0 where /proc is missing."""
        return peak_memory_below(self.child.process.pid)


@contextmanager
def served(application: str, database: str, media: Path | None = None) -> Iterator[Server]:
    """`application` on a free port, over `database` and the files under `media`; it dies with this
    process."""
    port = free_port()
    env = {
        **os.environ,
        "CONN_MAX_AGE": "3600",  # a connection that ends takes the CPU it used out of sight
        "DATABASE_URL": url_of(database),
        "DEBUG": "false",
        "DJANGO_SETTINGS_MODULE": _settings_of(application),
        "LOG_LEVEL": "WARNING",
        "PORTAL_URL": f"http://{HOST}:{port}",
        **({"MEDIA_ROOT": str(media)} if media else {}),
    }
    one_thread = {"threads": 1} if application == BARE else {}  # it has no `OneAtATime`
    with started(f"web-{port}", web_command(port, application, **one_thread), env) as child:
        child.await_answer(lambda: _all_started(child.log) and answers(port))
        yield Server(port, child, database)


def _all_started(log: Path) -> bool:
    """One worker alone would answer too, and nothing would ever race."""
    return log.read_text().count("Started worker-") == WORKERS


@contextmanager
def started(name: str, command: Sequence[str], env: dict[str, str]) -> Iterator[Child]:
    tethered = [sys.executable, "-m", "diedie_edu.local.tether", *command]
    log = FOLDER / "log" / f"{name}.log"
    with Child(name, tethered, log, env=env, cwd=settings.BASE_DIR) as child:
        yield child
    log.unlink()


@contextmanager
def worker(database: str, *more: str) -> Iterator[Child]:
    """A worker that takes what the bench sends, and nothing else."""
    app.conf.task_default_queue = f"bench-{os.getpid()}"
    env = {**os.environ, "DATABASE_URL": url_of(database), "MEDIA_ROOT": str(FOLDER / "media")}
    env |= {"CELERY_QUEUE": app.conf.task_default_queue, "LOG_LEVEL": "WARNING"}
    with started("worker", [*worker_command(), "--prefetch-multiplier=4", *more], env) as child:
        yield child
    shutil.rmtree(FOLDER / "media", ignore_errors=True)


def peak_memory_below(pid: int) -> float:
    """Megabytes of the largest of a process's children at its peak (Linux alone tells)."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.exists():
        return 0
    return max((_peak(int(child)) for child in children.read_text().split()), default=0)


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0)


def _settings_of(application: str) -> str:
    return "tests.bench.bare.settings" if application == BARE else "diedie_edu.settings"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
