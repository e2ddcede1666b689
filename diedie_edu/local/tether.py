"""Runs a Python module whose worker processes die with it, however it ends.

`python -m diedie_edu.local.tether granian …`: pools of workers are forked, and a worker whose
parent was killed outright would go on for ever, holding the port or taking tasks.
"""

import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Sequence

from diedie_edu.local.process import die_with_parent

_forking = 0  # the process that is about to fork


def _remember() -> None:
    global _forking
    _forking = os.getpid()


def tie() -> None:
    """Whatever this process forks from now on dies with it."""
    os.register_at_fork(
        before=_remember, after_in_child=lambda: die_with_parent(signal.SIGKILL, _forking)
    )
    if sys.platform == "linux":
        multiprocessing.set_start_method(
            "fork", force=True
        )  # Python 3.14 would start workers otherwise


def become(command: Sequence[str]) -> None:
    """Run a module with its arguments in this process; whatever it forks dies with it."""
    tie()
    sys.argv = list(command)
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    become(sys.argv[1:])
