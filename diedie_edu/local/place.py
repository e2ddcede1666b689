"""Where one set of local servers keeps its data, sockets and logs."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from diedie_edu.local.owner import server_owner
from diedie_edu.local.say import Failed, say

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """A folder for one set of servers; two sets never share anything."""

    folder: Path
    durable: bool  # False: may lose everything when the power fails, and is faster

    @property
    def mark(self) -> str:
        """A short name that no other place on this machine has."""
        return hashlib.sha256(f"{os.getuid()}:{self.folder}".encode()).hexdigest()[:12]

    @property
    def sockets(self) -> Path:
        """Not below the clone, because the path of a socket may have about 100 bytes."""
        return Path("/tmp") / f"diedie-{self.mark}"  # nosec B108 - its owner is checked

    @property
    def queue(self) -> str:
        """The name of the Celery queue: on a shared broker nobody else takes our tasks."""
        return f"diedie-{self.mark}"

    def log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"

    def make_sockets(self) -> Path:
        """Make the sockets' folder for PostgreSQL's account and ours, and for nobody else."""
        owner = server_owner().uid
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        found = self.sockets.lstat()
        if found.st_uid not in (os.getuid(), owner) or self.sockets.is_symlink():
            raise Failed(
                f"{self.sockets} 属于别的用户，请先删除它。",
                f"{self.sockets} belongs to somebody else: please remove it first.",
            )
        self.sockets.chmod(0o700)
        os.chown(self.sockets, owner, -1)
        return self.sockets


RUN = Place(REPOSITORY / "var" / "run", durable=True)
TEST = Place(REPOSITORY / "var" / "test", durable=False)


@contextmanager
def held(place: Place, *, wait: bool) -> Iterator[int]:
    """Hold the place for one supervisor; yields a descriptor that its children must inherit.

    There are two locks. The first is the supervisor's own; with `wait` we wait for it. The second
    is kept by the children too, so that after a kill -9 the next supervisor starts only when the
    last of them is gone.

    Raises Failed if another supervisor lives and `wait` is False.
    """
    place.folder.mkdir(parents=True, exist_ok=True)
    with (
        (place.folder / "supervisor.lock").open("a+") as own,
        (place.folder / "children.lock").open("w") as shared,
    ):
        if not (_taken(own) or wait):
            own.seek(0)
            raise Failed(
                f"本目录已有一个在运行（进程 {own.read()}）。请先在那个窗口按 Ctrl-C。",
                "It already runs from this folder. Press Ctrl-C in its window first.",
            )
        _await(own)
        own.truncate(0)
        own.write(str(os.getpid()))
        own.flush()
        _await(shared)
        yield shared.fileno()


def _await(lock: IO[str]) -> None:
    if not _taken(lock):
        say("等待上一次运行结束……", "Waiting for an earlier run to end…")
        fcntl.flock(lock, fcntl.LOCK_EX)


def _taken(lock: IO[str]) -> bool:
    """Whether the lock is ours now, or has been before."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
