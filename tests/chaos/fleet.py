"""Real worker processes that are killed with kill -9 and started again, and their Redis."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import redis
from django.db import connection

from diedie_edu.local.place import REPOSITORY, Place, held
from diedie_edu.local.process import Child, tied
from diedie_edu.local.valkey import valkey
from tests.chaos.ready import FOLDER

CHAOS = Place(REPOSITORY / "var" / "chaos", durable=False)


@dataclass
class Member:
    """One process that we started, with the time of its start."""

    name: str
    process: subprocess.Popen
    born: float = field(default_factory=time.monotonic)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    @property
    def kind(self) -> str:
        return self.name.partition("-")[0]

    @property
    def age(self) -> float:
        return time.monotonic() - self.born


class Fleet:
    """Workers, beats and outbox loops; `keep` starts anew what died."""

    def __init__(self, commands: dict[str, Sequence[str]], env: dict[str, str]) -> None:
        self.commands = commands
        folder = CHAOS.folder / "ready"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.env = env | {FOLDER: str(folder)}
        self.members: dict[str, Member] = {}
        self.groups: set[int] = set()
        self.killed: Counter[str] = Counter()
        self.killed_pids: set[int] = set()
        self.fallen: Counter[str] = Counter()  # who ended without being killed by us
        self.boot_seconds = 0.0  # before that age a process has nothing in hand

    def __enter__(self) -> "Fleet":
        self.keep()
        return self

    def __exit__(self, *_: object) -> None:
        for group in self.groups:
            try:
                os.killpg(group, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for member in self.members.values():
            member.process.wait()

    def keep(self) -> None:
        for name in self.commands:
            member = self.members.get(name)
            if member is not None and member.alive:
                continue
            if member is not None and member.process.pid not in self.killed_pids:
                self._note_fall(member)
            self.members[name] = self._start(name)

    def _note_fall(self, member: Member) -> None:
        """Whoever supervises it starts it again, as we do; the reason is worth reading.

        Raises RuntimeError where its own settings keep it from starting: no storm then tries it.
        """
        self.fallen[member.name] += 1
        said = CHAOS.log(member.name).read_text(errors="replace").splitlines()[-12:]
        if any(line.startswith("SystemCheckError") for line in said):
            raise RuntimeError(f"{member.name} refuses its settings:\n" + "\n".join(said))
        print(
            f"  {member.name} ended by itself ({member.process.returncode}):", *said, sep="\n    "
        )

    @property
    def complete(self) -> bool:
        """Whether every worker has started."""
        workers = [member for member in self.members.values() if member.kind == "worker"]
        return all(self._is_ready(member) for member in workers)

    def _is_ready(self, member: Member) -> bool:
        return (Path(self.env[FOLDER]) / str(member.process.pid)).exists()

    def _start(self, name: str) -> Member:
        log = CHAOS.log(name)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            process = subprocess.Popen(
                self.commands[name],
                cwd=REPOSITORY,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=tied(signal.SIGKILL),
            )
        self.groups.add(process.pid)
        return Member(name, process)

    def kill_one(self, chance: random.Random) -> bool:
        """kill -9 a process that delivers: a child of a Celery worker, or an outbox loop."""
        victims = sorted(self._victims())
        if not victims:
            return False
        kind, pid = chance.choice(victims)
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        self.killed[kind] += 1
        self.killed_pids.add(pid)
        return True

    def _victims(self) -> Iterator[tuple[str, int]]:
        children = _children()
        for member in filter(lambda member: member.alive, self.members.values()):
            pid = member.process.pid
            if member.kind == "outbox" and member.age > self.boot_seconds:
                yield "outbox", pid
            elif member.kind == "worker" and self._is_ready(member):
                yield from (("worker child", child) for child in children.get(pid, []))


def _children() -> dict[int, list[int]]:
    """The process ids below each process id."""
    told = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    children: dict[int, list[int]] = {}
    for line in told.stdout.splitlines():
        pid, parent = map(int, line.split())
        children.setdefault(parent, []).append(pid)
    return children


class Broker:
    """A Valkey of our own, so that nobody else's is emptied."""

    def __init__(self, lock: int) -> None:
        self._lock = lock
        self._server: AbstractContextManager[tuple[Child, str]] = valkey(CHAOS, lock)
        self._child, self.url = self._server.__enter__()
        self.flushes = self.restarts = self.silences = 0

    def flush(self) -> None:
        with redis.Redis.from_url(self.url.replace("redis+socket", "unix")) as server:
            server.flushall()
        self.flushes += 1

    def restart(self) -> None:
        self.stop()
        self._server = valkey(CHAOS, self._lock)
        self._child, self.url = self._server.__enter__()
        self.restarts += 1

    def keep_silent(self, seconds: float) -> None:
        """Takes every connection and answers none."""
        self._child.process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._child.process.send_signal(signal.SIGCONT)
        self.silences += 1

    def stop(self) -> None:
        self._server.__exit__(None, None, None)


@contextmanager
def broker() -> Iterator[Broker]:
    with ExitStack() as stack:
        running = Broker(stack.enter_context(held(CHAOS, wait=True)))
        stack.callback(running.stop)
        yield running


def commands(*, workers: int, beats: int, loops: int, guarded: bool) -> dict[str, Sequence[str]]:
    """What is started under which name; without guard, with the compare-and-set taken out."""
    python = sys.executable
    app = "diedie_edu" if guarded else "tests.chaos.unguarded"
    celery = [python, "-m", "celery", f"--app={app}"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    worker = [*celery, "worker", "--include=tests.chaos.ready", "--concurrency=2", *alone]
    outbox = [python, "manage.py"] if guarded else [python, "-m", "tests.chaos.unguarded"]
    return {
        **{f"worker-{n}": [*worker, f"--hostname=chaos{n}@localhost"] for n in range(workers)},
        **{f"beat-{n}": [*celery, "beat", "--pidfile="] for n in range(beats)},
        **{f"outbox-{n}": [*outbox, "run_outbox"] for n in range(loops)},
    }


def database_url() -> str:
    """The address of the database that this process is connected to."""
    given = connection.settings_dict
    user, password, host, port, name = (
        quote(str(given[key] or ""), safe="")
        for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")
    )
    who = f"{user}:{password}" if password else user
    where = f"{host}:{port}" if port else host
    options = {key: value for key, value in given["OPTIONS"].items() if isinstance(value, str)}
    return f"postgres://{who}@{where}/{name}?{urlencode(options)}"
