"""Child processes that never outlive the supervisor."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

from diedie_edu.local.forked import Forked, libc
from diedie_edu.local.say import Failed

PR_SET_PDEATHSIG = 1


def die_with_parent(sign: signal.Signals, parent: int) -> None:
    """Ask the kernel to send us `sign` when `parent` dies. Linux alone can."""
    if libc is None:
        return
    libc.prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), sign)


def tied(sign: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` that ties the child to this process."""
    parent = os.getpid()
    return lambda: die_with_parent(sign, parent)


class Child:
    """A running server with a log of its own: a command, or work for a copy of this process."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path] | Callable[[], object],
        log: Path,
        *,
        stop_signal: signal.Signals = signal.SIGTERM,
        orphan_signal: signal.Signals = signal.SIGKILL,
        patience: float = 15,
        **popen: Any,
    ) -> None:
        """Start `command`; `patience` is how many seconds it may take to stop.

        A copy of this process has its environment, and of its open files `pass_fds`.
        """
        self.name, self.log = name, log
        self.stop_signal, self.patience = stop_signal, patience
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists():
            log.replace(log.with_name(f"{log.name}.1"))  # why the last run ended stands there
        with log.open("wb") as output:
            self.process = _start(name, command, output, tied(orphan_signal), popen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Stop it politely, and after its patience by force, with all of its own children."""
        if self.running:
            self.process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        with suppress(ProcessLookupError, PermissionError):  # nobody of the group is left
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def await_answer(self, answers: Callable[[], bool], seconds: float = 120) -> None:
        """Wait until `answers()`. Raises Failed if it dies before that, or takes too long."""
        deadline = time.monotonic() + seconds
        while not answers():
            if not self.running or time.monotonic() > deadline:
                raise Failed(
                    f"{self.name} 没有启动。日志 {self.log} 的末尾：\n{self.tail()}",
                    f"{self.name} did not start; the end of its log is above.",
                )
            time.sleep(0.05)

    def tail(self, lines: int = 20) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def _start(
    name: str,
    command: Sequence[str | Path] | Callable[[], object],
    output: IO[bytes],
    tie: Callable[[], None],
    popen: Mapping[str, Any],
) -> "subprocess.Popen[bytes] | Forked":
    """In a process group of its own: Ctrl-C reaches the supervisor alone, which stops all in
    order."""
    if callable(command):
        return Forked(name, command, output, tie, popen.get("pass_fds", ()))
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        process_group=0,
        preexec_fn=tie,
        **popen,
    )
