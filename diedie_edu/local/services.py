"""The servers a command needs: those named in the environment, or our own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from diedie_edu.local.place import Place
from diedie_edu.local.postgres import postgres
from diedie_edu.local.process import Child
from diedie_edu.local.valkey import valkey


@dataclass
class Services:
    """The environment that leads to the servers, and those we started ourselves."""

    env: dict[str, str]
    children: list[Child] = field(default_factory=list)


@contextmanager
def services(place: Place, lock: int) -> Iterator[Services]:
    """Start what the environment does not name, and stop it in the end, broker first."""
    running = Services({**os.environ})
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, place.sockets, ignore_errors=True)
        for variable, server in {"DATABASE_URL": postgres, "CELERY_BROKER_URL": valkey}.items():
            if not running.env.get(variable):
                child, running.env[variable] = stack.enter_context(server(place, lock))
                running.children.append(child)
        running.env.setdefault("CELERY_QUEUE", place.queue)
        yield running
