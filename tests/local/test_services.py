import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace

import psutil
import psycopg2
import pytest
import redis

from diedie_edu.local.place import Place, held
from diedie_edu.local.services import services

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")
SUPERVISOR = """
import os, signal, socket
from contextlib import ExitStack
from diedie_edu.local.prepare import load
from diedie_edu.local.run import environment, servers_of_portal
from diedie_edu.local.services import services

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
with held(place, wait=False) as lock, services(place, lock) as running, ExitStack() as stack:
    os.environ |= environment(port, place, running.env)
    load()
    servers = [stack.enter_context(s) for s in servers_of_portal(port, place, lock)]
    servers[0].await_answer(lambda: "Started worker-2" in servers[0].tail())
    servers[1].await_answer(lambda: " ready." in servers[1].tail())
    print("ready", flush=True)
    signal.pause()
"""


def query(url: str, *statements: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def names(family: list[psutil.Process]) -> set[str]:
    found = set()
    for process in family:
        with suppress(psutil.NoSuchProcess):  # a step of the start that ended
            found.add(process.name())
    return found


def test_postgresql_and_valkey_answer_on_sockets_alone(place: Place) -> None:
    with held(place, wait=False) as lock, services(place, lock) as running:
        url = running.env["DATABASE_URL"]
        assert query(url, "CREATE EXTENSION btree_gist", "SHOW listen_addresses") == [("",)]
        assert query(url, "SHOW timezone") == [("UTC",)]
        broker = running.env["CELERY_BROKER_URL"].replace("redis+socket", "unix")
        assert redis.Redis.from_url(broker).ping()


def test_a_second_start_finds_what_the_first_one_stored(place: Place) -> None:
    with held(place, wait=False) as lock, services(place, lock) as running:
        query(running.env["DATABASE_URL"], "CREATE TABLE kept AS SELECT 42 AS answer")
    with held(place, wait=False) as lock, services(place, lock) as running:
        assert query(running.env["DATABASE_URL"], "SELECT answer FROM kept") == [(42,)]


def test_servers_named_in_the_environment_are_used(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/db")
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://elsewhere/0")
    with services(place, lock=-1) as running:
        assert running.children == []
        assert running.env["DATABASE_URL"] == "postgres://elsewhere/db"


@linux_only
def test_kill_9_of_the_supervisor_leaves_no_process(
    place: Place, start_python: Callable[[str], subprocess.Popen[str]]
) -> None:
    supervisor = start_python(SUPERVISOR)
    wanted = {"diedie-web", "diedie-worker", "diedie-beat"}
    end = time.monotonic() + 60
    family: list[psutil.Process] = []
    while not wanted <= names(family) and time.monotonic() < end:
        time.sleep(0.1)  # the last of them may not have its own name yet
        family = psutil.Process(supervisor.pid).children(recursive=True)
    assert wanted <= names(family)
    assert len(family) > 10
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()
    assert psutil.wait_procs(family, timeout=30)[1] == []


def test_a_forgetful_server_that_was_cut_off_starts_afresh(place: Place) -> None:
    with held(place, wait=False) as lock, services(place, lock) as running:
        server = running.children[0].process
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
    with held(place, wait=False) as lock, services(place, lock) as running:
        assert query(running.env["DATABASE_URL"], "SELECT 42") == [(42,)]


@linux_only
def test_what_was_committed_before_kill_9_is_there_after_it(
    place: Place, start_python: Callable[[str], subprocess.Popen[str]]
) -> None:
    place = replace(place, durable=True)
    with held(place, wait=False) as lock, services(place, lock) as running:
        query(running.env["DATABASE_URL"], "CREATE TABLE kept (answer int)")
    supervisor = start_python(
        """
import psycopg2, signal
from dataclasses import replace
from diedie_edu.local.services import services
place = replace(place, durable=True)
with held(place, wait=False) as lock, services(place, lock) as running:
    connection = psycopg2.connect(running.env["DATABASE_URL"])
    connection.cursor().execute("INSERT INTO kept VALUES (42)")
    connection.commit()
    print("ready", flush=True)
    signal.pause()
"""
    )
    supervisor.kill()
    with held(place, wait=True) as lock, services(place, lock) as running:
        assert query(running.env["DATABASE_URL"], "SELECT answer FROM kept") == [(42,)]
