"""Loaded by the workers of `make chaos`: each says when it has started.

A worker whose child dies before that gives up, as Celery wants it; whoever looks after it (in
production a service manager) starts it again.
"""

import os
from pathlib import Path

from celery.signals import worker_ready

FOLDER = "CHAOS_READY_FOLDER"


@worker_ready.connect
def say_ready(**_: object) -> None:
    (Path(os.environ[FOLDER]) / str(os.getpid())).touch()
