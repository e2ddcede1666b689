"""This build beside one of before: the same sign-ups and pages, in turns, in one run.

The former one is taken out of the repository's history and gets an environment and a database of
its own, so it needs the history, and the package registry once. Left out of a plain `make bench`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.urls import reverse

from tests.bench import beside, cpu
from tests.bench.compare import ROUNDS, Speed, side_by_side, speed
from tests.bench.databases import HOME, analyse, copy, empty, on, url_of
from tests.bench.figures import Figure
from tests.bench.season import CSRF_SECRET, Person, add_lectures, add_people
from tests.bench.servers import FOLDER, HOST, PORTAL, served
from tests.support.rush import Visit, get, once, post

COMMIT = "d431f946b6"  # the portal before its rooms were furnished
PEOPLE = 200
VIEWS = 150


@dataclass(frozen=True)
class Build:
    """A running build with its visitors and lectures; a `Server` in the eyes of `speed`."""

    port: int
    pid: int
    database: str
    people: Sequence[Person]
    list: str
    lectures: Iterator[tuple[int, str, str]]  # key, page, and where one signs up

    @property
    def address(self) -> tuple[str, int]:
        return HOST, self.port

    @property
    def cpu_seconds(self) -> float:
        return cpu.of_tree(self.pid) + cpu.of_backends(self.database)


def figures() -> Iterator[Figure]:
    rounds = ROUNDS + 1
    with _today(rounds + 1) as today, _former(rounds + 1) as former:
        posts = side_by_side(lambda: _sign_ups(today), lambda: _sign_ups(former))
        yield Figure.of("sign_up_rate_vs_former", posts.rate)
        yield Figure.of("sign_up_cpu_vs_former", posts.cpu, at_most=0.5)
        pages = {
            "list": (today.list, former.list),
            "detail": (next(today.lectures)[1], next(former.lectures)[1]),
        }
        for name, (ours, theirs) in pages.items():
            views = side_by_side(lambda: _views(today, ours), lambda: _views(former, theirs))  # noqa: B023
            yield Figure.of(f"{name}_rate_vs_former", views.rate)
            yield Figure.of(f"{name}_cpu_vs_former", views.cpu)


@contextmanager
def _today(lectures: int) -> Iterator[Build]:
    with copy("today") as database:
        people = add_people(PEOPLE)
        numbers = add_lectures(lectures, capacity=PEOPLE)
        analyse()
        rows = (
            (
                number,
                reverse("residents_school:lecture_detail", args=[number]),
                reverse("activities:sign_up", args=[number]),
            )
            for number in numbers
        )
        with served(PORTAL, database) as server:
            pid = server.child.process.pid
            yield Build(
                server.address[1],
                pid,
                database,
                people,
                reverse("residents_school:lecture_list"),
                rows,
            )


@contextmanager
def _former(lectures: int) -> Iterator[Build]:
    """Raises RuntimeError with what it said where it does not start."""
    home = f"{HOME}_former"
    folder = _checked_out()
    command = [folder / ".venv/bin/python", beside.__file__, str(PEOPLE), str(lectures)]
    env = os.environ | {"DATABASE_URL": url_of(home)}
    with empty(home), (folder / "beside.log").open("w+") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        with process:
            told = process.stdout.readline()  # type: ignore[union-attr]
            if not told:
                log.seek(0)
                raise RuntimeError(f"{COMMIT} does not start:\n{log.read()[-2000:]}")
            found = json.loads(told)
            people = [Person(**person) for person in found.pop("people")]
            yield Build(people=people, lectures=iter(found.pop("lectures")), **found)
            process.communicate()


def _checked_out() -> Path:
    """That commit's files with their own environment, made once and kept under var/."""
    folder = FOLDER / COMMIT
    if not folder.exists():
        folder.mkdir(parents=True)
        archive = subprocess.run(
            ["git", "archive", COMMIT], cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE
        )
        subprocess.run(["tar", "-x"], cwd=folder, input=archive.stdout, check=True)
    subprocess.run([sys.executable, "diedie_edu/local/install.py", "run"], cwd=folder, check=True)
    return folder


def _sign_ups(build: Build) -> Speed:
    lecture, _its_page, door = next(build.lectures)
    found = speed(build, [_click(door, person) for person in build.people], {302})
    with on(build.database), connection.cursor() as cursor:
        cursor.execute("SELECT taken FROM activities_activity WHERE id = %s", [lecture])
        [taken] = cursor.fetchone()
    if taken != len(build.people):
        raise AssertionError(f"{taken} of {len(build.people)} people have their seat")
    return found


def _click(door: str, person: Person) -> Visit:
    cookies = {"sessionid": person.portal_session, "csrftoken": CSRF_SECRET}
    return once(post(door, {"csrfmiddlewaretoken": CSRF_SECRET}, cookies))


def _views(build: Build, path: str) -> Speed:
    return speed(build, [once(get(path)) for _n in range(VIEWS)], {200})
