"""A real PgBouncer in transaction mode before the tests' PostgreSQL."""

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection, connections

from diedie_edu.local.owner import run_as, server_owner
from diedie_edu.local.place import REPOSITORY
from diedie_edu.local.ports import HOST
from diedie_edu.local.process import Child

BINARY = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
needs_pgbouncer = pytest.mark.skipif(
    BINARY is None, reason="PgBouncer IS NOT TRIED: apt-get install pgbouncer"
)
SHIPPED = REPOSITORY / "pgbouncer.ini"
# Nobody but the tests is here, and they are as their database is.
HERE = {"listen_addr": HOST, "auth_type": "any", "auth_file": "", "default_pool_size": "4"}


@contextmanager
def pgbouncer(**changes: str) -> Iterator[int]:
    """The port where it answers; `changes` are of its settings."""
    port, owner = free_port(), server_owner()
    folder = Path(tempfile.mkdtemp(prefix="pool-", dir="/tmp"))
    try:
        lines = shipped() | HERE | {"listen_port": str(port)} | changes
        config = folder / "pgbouncer.ini"
        own = "\n".join(f"{name} = {value}" for name, value in lines.items())
        config.write_text(f"[databases]\n* = {_server()}\n[pgbouncer]\n{own}\n")
        for path in (folder, config):
            os.chown(path, owner.uid, owner.gid)
        log = folder / "said.log"
        with Child("PgBouncer", [str(BINARY), config], log, **run_as(owner)) as server:
            server.await_answer(lambda: _answers(port), 20)
            yield port
        _await_the_end_of_its_sessions()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def shipped() -> dict[str, str]:
    """The settings with which compose.yaml starts it."""
    found = ConfigParser(interpolation=None)
    found.read(SHIPPED, "utf-8")
    return dict(found["pgbouncer"])


@contextmanager
def through_pool(port: int) -> Iterator[None]:
    """Every connection of this process goes through it, those of its threads too."""
    facts = connection.settings_dict
    before = {name: facts[name] for name in ("HOST", "PORT", "OPTIONS")}
    connections.close_all()
    facts.update(HOST=HOST, PORT=str(port), OPTIONS={})
    try:
        yield
    finally:
        connections.close_all()
        facts.update(before)


def url_through(port: int) -> str:
    """DATABASE_URL of the tests' database through the pool."""
    facts = connection.settings_dict
    return f"postgres://{facts['USER']}@{HOST}:{port}/{facts['NAME']}"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await_the_end_of_its_sessions() -> None:
    """PostgreSQL sees a moment later that nobody is there; a database in use is not dropped."""
    connections.close_all()
    for _turn in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)


def _server() -> str:
    facts: dict[str, Any] = connection.settings_dict
    host = facts["OPTIONS"].get("host") or facts["HOST"] or "/var/run/postgresql"
    said = {"host": host, "port": facts["PORT"] or "5432", "user": facts["USER"]}
    if facts["PASSWORD"]:
        said["password"] = facts["PASSWORD"]
    return " ".join(f"{name}={value}" for name, value in said.items())


def _answers(port: int) -> bool:
    name = connection.settings_dict["NAME"]
    try:
        psycopg2.connect(host=HOST, port=port, dbname=name, user="anybody").close()
    except psycopg2.OperationalError:
        return False
    return True
