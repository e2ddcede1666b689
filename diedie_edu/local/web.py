"""Prepares the portal and serves it, in a process that loads it once (docs/benchmarks.md, start).

`python -m diedie_edu.local.web TERMINAL FILE granian …`: TERMINAL is the number of the open file
that takes the steps, FILE takes the demo sign-ins. The preparations are a child that ends with
them, so the web workers inherit modules and nothing else: no cache, no row, no connection.
"""

import multiprocessing
import os
import sys
from importlib import import_module
from pathlib import Path

from diedie_edu.local import tether
from diedie_edu.local.prepare import prepare
from diedie_edu.local.say import step
from diedie_edu.local.translations import compile_translations


def main() -> None:
    _, terminal, signins, *server = sys.argv
    tether.tie()
    compile_translations()
    import django

    django.setup()
    import_module("diedie_edu.urls")
    child = multiprocessing.get_context("fork").Process(
        target=_prepare, args=(int(terminal), Path(signins))
    )
    child.start()
    child.join()
    if child.exitcode:
        sys.exit(f"准备工作没有完成，原因见上。 The preparations failed: {child.exitcode}.")
    import_module("diedie_edu.wsgi")
    tether.become(server)


def _prepare(terminal: int, signins: Path) -> None:
    for output in (sys.stdout, sys.stderr):
        os.dup2(terminal, output.fileno())
    prepare(signins)
    step(7, "启动网站、后台任务与定时器……", "Starting web, worker and beat…")


if __name__ == "__main__":
    main()
