"""Runs a Python module whose worker processes die with it, however it ends.

`python -m diedie_edu.local.tether granian …`: pools of workers are forked, and a worker whose
parent was killed outright would go on for ever, holding the port or taking tasks.
"""

import multiprocessing
import os
import runpy
import signal
import sys

from diedie_edu.local.process import die_with_parent

_forking = 0  # the process that is about to fork


def _remember() -> None:
    global _forking
    _forking = os.getpid()


def main() -> None:
    os.register_at_fork(
        before=_remember, after_in_child=lambda: die_with_parent(signal.SIGKILL, _forking)
    )
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")  # Python 3.14 would start workers otherwise
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
