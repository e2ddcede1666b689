"""Databases of the bench's own, on the server that DATABASE_URL names.

One is migrated and loaded with the plan's facts; every part works in copies of it. All are
dropped in the end, and what a killed bench left behind is dropped by the next one.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.core.management import call_command
from django.db import connection
from psycopg2.sql import SQL, Identifier

OURS = urlsplit(os.environ["DATABASE_URL"])
HOME = OURS.path.strip("/")
TEMPLATE = f"{HOME}_bench"


def url_of(database: str) -> str:
    return OURS._replace(path=f"/{database}").geturl()


@contextmanager
def template() -> Iterator[None]:
    """The migrated database that `copy` copies."""
    with _made(TEMPLATE, "template0"):
        _use(TEMPLATE)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_plan", stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
        _use(HOME)
        yield


@contextmanager
def copy(purpose: str) -> Iterator[str]:
    """A fresh copy with this process's Django connected to it; yields its name."""
    name = f"{TEMPLATE}_{purpose}"
    with _made(name, TEMPLATE):
        _use(name)
        try:
            yield name
        finally:
            _use(HOME)


@contextmanager
def empty(name: str) -> Iterator[None]:
    """One without a table, for whoever brings their own migrations."""
    with _made(name, "template0"):
        yield


@contextmanager
def on(name: str) -> Iterator[None]:
    """This process's Django connected to that copy for a while."""
    before = connection.settings_dict["NAME"]
    _use(name)
    try:
        yield
    finally:
        _use(before)


def analyse() -> None:
    """What autovacuum would have done by the time a season is under way."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _use(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


@contextmanager
def _made(name: str, template: str) -> Iterator[None]:
    _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _run("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield
    finally:
        _run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(statement: str, *names: str) -> None:
    """From the home database, because nobody may be connected to a template."""
    with on(HOME), connection.cursor() as cursor:
        cursor.execute(SQL(statement).format(*map(Identifier, names)))
