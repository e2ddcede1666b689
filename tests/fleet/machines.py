"""Two web hosts, three workers and two beats, over one database, one broker and one bucket."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from diedie_edu.accounts.models import User
from diedie_edu.local.place import REPOSITORY
from diedie_edu.local.ports import HOST
from diedie_edu.local.process import Child
from diedie_edu.local.run import answers, web_command, worker_command
from tests.bench.season import CSRF_SECRET
from tests.chaos.scenario import HASTE
from tests.conftest import signed_in
from tests.support.pgbouncer import free_port

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BEAT = ["celery", "--app=diedie_edu", "beat", "--pidfile="]
PATIENCE = 60.0  # seconds


@dataclass
class Machines:
    """`web` are the ports of the two hosts."""

    web: list[int]
    workers: list[Child]

    def address(self, host: int, path: str) -> str:
        return f"http://{HOST}:{self.web[host]}{path}"


class Visitor:
    """A browser whose requests a proxy hands to either host."""

    def __init__(self, machines: Machines, user: User) -> None:
        self.machines, self.session = machines, requests.Session()
        self.session.trust_env = False
        key = signed_in(user).cookies["sessionid"].value
        self.cookies = {"sessionid": key, "csrftoken": CSRF_SECRET}
        self.session.cookies.update(self.cookies)

    def get(self, host: int, path: str) -> requests.Response:
        return self.session.get(
            self.machines.address(host, path), allow_redirects=False, timeout=PATIENCE
        )

    def token(self, host: int, path: str) -> str:
        """Of the form that stands there."""
        return TOKEN.findall(self.get(host, path).text)[-1]

    def post(self, host: int, path: str, token: str = CSRF_SECRET, **sent: Any) -> Any:
        files = sent.pop("files", None)
        return self.session.post(
            self.machines.address(host, path),
            data={"csrfmiddlewaretoken": token} | sent,
            files=files,
            allow_redirects=False,
            timeout=PATIENCE,
        )


def until(reached: Callable[[], Any], what: str) -> Any:
    """What it comes to, once that is something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := reached()):
        assert time.monotonic() < deadline, f"waited in vain for: {what}"
        time.sleep(0.1)
    return found


@contextmanager
def machines(folder: Path, env: dict[str, str]) -> Iterator[Machines]:
    """`env` says where database, files and the gateway are."""
    common = os.environ | HASTE | {"DEMO": "true", "LOG_LEVEL": "WARNING"} | env
    common |= {"NOTICE_DELIVER_SECONDS": "1", "NOTICE_TICK_SECONDS": "2"}
    common |= {"CELERY_QUEUE": f"fleet-{os.getpid()}", "PYTHONUNBUFFERED": "1"}
    ports = [free_port(), free_port()]
    with ExitStack() as stack:

        def start(name: str, command: list[str]) -> Child:
            tethered = [sys.executable, "-m", "diedie_edu.local.tether", *command]
            own = common | {"PORTAL_URL": f"http://{HOST}:{ports[0]}"}
            log = folder / f"{name}.log"
            # No polite end: nothing of what they have in hand matters any more.
            at_once = {"stop_signal": signal.SIGKILL, "env": own, "cwd": REPOSITORY}
            return stack.enter_context(Child(name, tethered, log, **at_once))

        web = [start(f"web-{port}", [*web_command(port), "--workers=1"]) for port in ports]
        alone = ["--concurrency=1", "--without-heartbeat"]
        workers = [
            start(f"worker-{n}", [*worker_command(), *alone, f"--hostname=fleet{n}@localhost"])
            for n in range(3)
        ]
        for number in range(2):
            start(f"beat-{number}", [*BEAT, f"--schedule={folder / f'beat-{number}'}"])
        for port, child in zip(ports, web, strict=True):
            child.await_answer(lambda port=port: answers(port))
        yield Machines(ports, workers)
