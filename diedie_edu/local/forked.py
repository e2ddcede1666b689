"""A copy of this process that does other work: what is loaded need not be loaded again."""

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import IO, Any

PR_SET_NAME = 15
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Loaded here, because between fork and exec nothing may be loaded any more.
libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Forked:
    """Forked, with a log and a process group of its own; asked as a `Popen` is."""

    def __init__(
        self,
        name: str,
        work: Callable[[], object],
        output: IO[Any],
        tie: Callable[[], None],
        kept: Sequence[int],
    ) -> None:
        """`tie` ties it to us; of our open files it keeps those numbered in `kept`."""

        def begin() -> None:
            os.setpgid(0, 0)
            tie()
            _call(name)
            _stand_alone(output.fileno(), kept)
            work()

        self._process = multiprocessing.get_context("fork").Process(target=begin, name=name)
        self._process.start()
        self.pid = self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float = float("inf")) -> int:
        """Raises `subprocess.TimeoutExpired`."""
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(self._process.name, timeout)
            time.sleep(0.02)
        return code

    def send_signal(self, sign: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sign)


def _call(name: str) -> None:
    """In lists of processes, which show the same command for all copies."""
    if libc is not None:
        libc.prctl(PR_SET_NAME, f"diedie-{name}".encode())


def _stand_alone(output: int, kept: Sequence[int]) -> None:
    """Nothing of the supervisor's: its signals, its terminal, its open files."""
    for sign in STOPPING:
        signal.signal(sign, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for place in (1, 2):
        os.dup2(output, place)
    for before, after in pairwise((2, *sorted(kept), os.sysconf("SC_OPEN_MAX"))):
        os.closerange(before + 1, after)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
