"""Our processes, started in production's settings on the tests' database."""

import os
import subprocess
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

WEB = ["-c", "import diedie_edu.wsgi"]
GRANIAN = ["-m", "granian", "--interface=wsgi", "--port=0", "diedie_edu.wsgi:application"]
WORKER = ["-m", "celery", "-A", "diedie_edu", "worker", "--pool=solo"]
BEAT = ["-m", "celery", "-A", "diedie_edu", "beat"]
MIGRATE = ["manage.py", "migrate", "--check"]


def own_address() -> str:
    """The DATABASE_URL of the test's own database."""
    return address_of(connection.settings_dict["NAME"])


def address_of(database: str) -> str:
    """The same of another one on this server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def start(command: Sequence[str], **changes: str) -> subprocess.CompletedProcess[str]:
    """What a command of Python's says and ends with; `changes` are of its environment."""
    production = {
        "DEMO": "false",
        "SECRET_KEY": "a-key-of-their-own-that-is-long-enough-for-production",
        "FIELD_KEYS": "b3duLWtleS1vZi10aGlydHktdHdvLWJ5dGVzLTAxMjM=",
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": own_address(),
        "CELERY_BROKER_URL": "memory://",
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=os.environ | production | changes,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
