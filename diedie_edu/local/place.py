"""Where one set of local servers keeps its data, sockets and logs."""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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
        return Path("/tmp") / f"diedie-{self.mark}"  # noqa: S108 - its owner is checked

    @property
    def queue(self) -> str:
        """The name of the Celery queue: on a shared broker nobody else takes our tasks."""
        return f"diedie-{self.mark}"

    def log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"

    def make_sockets(self) -> Path:
        """Make the sockets' folder for PostgreSQL's account and ours, and for nobody else."""
        owner = server_owner().pw_uid
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
    """Hold the place for one supervisor; yields the lock's descriptor for its children.

    The children inherit the lock, so that after a kill -9 of the supervisor the next one waits
    until the last of them is gone. With `wait` it waits for a living supervisor too.

    Raises Failed if another supervisor lives and `wait` is False.
    """
    place.folder.mkdir(parents=True, exist_ok=True)
    with (place.folder / "lock").open("a+") as lock:
        _take(lock.fileno(), place, wait=wait)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock.fileno()


def _take(lock: int, place: Place, *, wait: bool) -> None:
    told = False
    while not _taken(lock):
        holder = _holder(place)
        if holder and not wait:
            raise Failed(
                f"本目录已有一个在运行（进程 {holder}）。请先在那个窗口按 Ctrl-C。",
                f"It already runs from this folder (process {holder}). Press Ctrl-C there first.",
            )
        if not told:
            say("等待上一次运行结束……", "Waiting for an earlier run to end…")
            told = True
        time.sleep(0.1)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(place: Place) -> int | None:
    """The living supervisor that wrote the lock file, if there is one."""
    text = (place.folder / "lock").read_text().strip()
    try:
        os.kill(int(text or 0) or -1, 0) if text else None
    except (ProcessLookupError, ValueError):
        return None
    except PermissionError:
        pass
    return int(text) if text else None
