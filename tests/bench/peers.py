"""pretix beside the portal: the page of an event, and the walk to a seat in it, in turns.

pretix runs as its documentation advises for one machine (https://docs.pretix.eu/self-hosting/): in
its own environment, with gunicorn and a Celery worker; caches, sessions and tasks in Valkey, all
else in PostgreSQL. The registry gives it once, and it is kept. Left out of a plain `make bench`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.urls import reverse

from diedie_edu.local import install
from diedie_edu.local.place import Place, held
from diedie_edu.local.ports import HOST
from diedie_edu.local.process import Child
from diedie_edu.local.run import answers
from diedie_edu.local.valkey import valkey
from tests.bench import cpu, pretix_season
from tests.bench.compare import Side, Speed, side_by_side, speed
from tests.bench.databases import HOME, analyse, copy, empty, on
from tests.bench.figures import Figure
from tests.bench.pretix_walk import SHOP, walk
from tests.bench.season import OUTLINE, add_lectures, add_people
from tests.bench.servers import FOLDER, PORTAL, WORKERS, Server, free_port, served
from tests.bench.sign_up import walks
from tests.support.rush import Address, get, once

PACKAGES = ("pretix==2026.8.0", "gunicorn==27.0.1")
PLACE = Place(FOLDER / PACKAGES[0].replace("==", "-"), durable=False)
PYTHON = PLACE.folder / ".venv" / "bin" / "python"
ROUNDS = 5
PEOPLE = 12  # who walk to a seat in one round
VIEWS = 60


@dataclass(frozen=True)
class Pretix:
    """It as it runs; a `Server` in the eyes of `speed`."""

    address: Address
    database: str
    seat: str
    programs: Sequence[Child]

    @property
    def cpu_seconds(self) -> float:
        used = sum(cpu.of_tree(program.process.pid) for program in self.programs)
        return used + cpu.of_backends(self.database)


def figures() -> Iterator[Figure]:
    """Raises SystemExit where pretix cannot be had."""
    _install()
    with copy("peers") as database, _pretix(f"{HOME}_pretix") as pretix:
        people = add_people(PEOPLE)
        first, *lectures = add_lectures(ROUNDS + 2, capacity=PEOPLE)
        page = reverse("residents_school:lecture_detail", args=[first])
        analyse()
        with served(PORTAL, database) as server:
            portal, ahead = Side(server, "portal_session"), iter(lectures)
            views = side_by_side(lambda: _views(server, page), lambda: _views(pretix, SHOP), ROUNDS)
            yield Figure.of("detail_rate_vs_pretix", views.rate)
            yield Figure.of("detail_cpu_vs_pretix", views.cpu)
            walked = side_by_side(
                lambda: walks(portal, people, next(ahead)), lambda: _walks(pretix), ROUNDS
            )
            yield Figure.of("walk_rate_vs_pretix", walked.rate)
            yield Figure.of("walk_cpu_vs_pretix", walked.cpu)


def _install() -> None:
    """Make pretix's environment, unless that has been done."""
    if sys.platform != "linux":
        raise SystemExit("✗ peers: pretix is documented for Linux alone.")
    done = PLACE.folder / "installed"
    if done.exists():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", PYTHON.parents[1]], check=True)
    if not (install.uv_installed() and install.uv("install", f"--python={PYTHON}", *PACKAGES)):
        raise SystemExit(f"✗ peers: the package registry did not give {' and '.join(PACKAGES)}.")
    done.touch()


@contextmanager
def _pretix(database: str) -> Iterator[Pretix]:
    """It with one event, over a database of its own. Its migrations take minutes."""
    with empty(database), held(PLACE, wait=True) as lock, ExitStack() as stack:
        stack.callback(shutil.rmtree, PLACE.sockets, ignore_errors=True)
        store, broker = stack.enter_context(valkey(PLACE, lock))
        env = _environment(database, urlsplit(broker).path)
        _run(env, "-m", "pretix", "migrate")
        seat = _run(env, pretix_season.__file__, SHOP, OUTLINE, str(PEOPLE * (ROUNDS + 1)))
        port = free_port()
        how: dict[str, Any] = {"env": env, "cwd": PLACE.folder, "pass_fds": [lock]}
        web, worker = [
            stack.enter_context(Child(name, [PYTHON, "-m", name, *more], PLACE.log(name), **how))
            for name, more in _commands(port).items()
        ]
        web.await_answer(lambda: answers(port))
        worker.await_answer(lambda: " ready." in worker.log.read_text())
        yield Pretix((HOST, port), database, seat.strip(), (store, web, worker))


def _commands(port: int) -> dict[str, list[str]]:
    """Its web server; its worker, for the queue alone whose tasks visitors wait for, because on
    neither side of this bench messages go out."""
    workers = [f"--workers={WORKERS}", "--max-requests=1200", "--max-requests-jitter=50"]
    place = [f"--bind={HOST}:{port}", "--no-control-socket"]  # which would lie in the home folder
    return {
        "gunicorn": ["pretix.wsgi", *workers, *place],
        "celery": ["--app=pretix.celery_app", "worker", "--loglevel=info", "--queues=checkout"],
    }


def _environment(database: str, socket: str) -> Mapping[str, str]:
    """What its configuration file would say, as its variables."""
    server = connection.settings_dict
    told = {
        "PRETIX_URL": f"http://{HOST}",
        "PRETIX_DATADIR": str(PLACE.folder / "data"),
        "DATABASE_BACKEND": "postgresql",
        "DATABASE_NAME": database,
        "DATABASE_USER": server["USER"],
        "DATABASE_PASSWORD": server["PASSWORD"],
        "DATABASE_HOST": server["HOST"] or server["OPTIONS"].get("host", ""),
        "DATABASE_PORT": str(server["PORT"]),
        "REDIS_LOCATION": f"unix://{socket}?db=0",
        "REDIS_SESSIONS": "true",
        "CELERY_BROKER": f"redis+socket://{socket}?virtual_host=1",
        "CELERY_BACKEND": f"redis+socket://{socket}?virtual_host=2",
    }
    own = {f"PRETIX_{name}": value for name, value in told.items()}
    return os.environ | own | {"DJANGO_SETTINGS_MODULE": "pretix.settings"}


def _run(env: Mapping[str, str], *command: str) -> str:
    """What one of its programs prints."""
    return subprocess.run(
        [PYTHON, *command], env=env, cwd=PLACE.folder, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _views(server: Server | Pretix, path: str) -> Speed:
    return speed(server, [once(get(path)) for _n in range(VIEWS)], {200})


def _walks(pretix: Pretix) -> Speed:
    before = _orders(pretix.database)
    found = speed(pretix, [walk(pretix.seat) for _n in range(PEOPLE)], {200, 302})
    if (seats := _orders(pretix.database) - before) != PEOPLE:
        raise AssertionError(f"{seats} of {PEOPLE} people have their seat at pretix")
    return found


def _orders(database: str) -> int:
    with on(database), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pretixbase_order WHERE status = 'p'")
        [number] = cursor.fetchone()
    return number
