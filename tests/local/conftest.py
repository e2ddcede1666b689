"""A place of the tests' own, and a supervisor in a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from diedie_edu.local.place import REPOSITORY, Place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """For root this folder is closed to PostgreSQL's account, as a clone in root's home is."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
    place = Place(tmp_path / "place", durable=False)
    yield place
    shutil.rmtree(place.sockets, ignore_errors=True)
    elsewhere = place.folder / "postgres-is-at"
    if elsewhere.exists():
        shutil.rmtree(elsewhere.read_text())


@pytest.fixture
def start_python(place: Place) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Starts a Python program that knows `place`, and waits until it has printed a line."""
    started = []

    def start(program: str) -> subprocess.Popen[str]:
        known = "from pathlib import Path\nfrom diedie_edu.local.place import Place, held\n"
        known += f"place = Place(Path({str(place.folder)!r}), durable=False)\n"
        process = subprocess.Popen(
            [sys.executable, "-c", known + program],
            cwd=REPOSITORY,
            env=os.environ | {"DEMO": "true"},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    yield start
    for process in started:
        family: list[psutil.Process] = []
        with suppress(psutil.NoSuchProcess):  # the test has ended it
            family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate()
        psutil.wait_procs(family, timeout=15)  # tethered to it; their folders go next
