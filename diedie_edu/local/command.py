"""Runs one command beside servers of its own."""

import signal
import subprocess
from collections.abc import Sequence

from diedie_edu.local.place import TEST, held
from diedie_edu.local.process import tied
from diedie_edu.local.services import services


def run_beside_services(command: Sequence[str]) -> int:
    """Run `command` with DATABASE_URL and CELERY_BROKER_URL set; returns its exit code.

    Several at once in one clone wait for each other.
    """
    with held(TEST, wait=True) as lock, services(TEST, lock) as running:
        child = subprocess.Popen(
            command, env={"DEMO": "true"} | running.env, preexec_fn=tied(signal.SIGKILL)
        )
        # Ctrl-C reaches the command too; it decides when to end, we clean up after it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        return child.wait()
