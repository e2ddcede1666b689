"""Loads the portal once, and makes it ready to serve: tables, data, static files.

Whatever runs it afterwards is a copy of the process that has loaded it (docs/benchmarks.md, start).
"""

import gc
import os
import signal
import sys
from functools import partial
from importlib import import_module
from pathlib import Path

from diedie_edu.local.forked import Forked
from diedie_edu.local.place import REPOSITORY
from diedie_edu.local.process import tied
from diedie_edu.local.say import Failed, complain, step
from diedie_edu.local.translations import compile_translations


def load() -> None:
    """Django, every app and every address; settings come from the environment."""
    os.chdir(REPOSITORY)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")
    compile_translations()
    import django

    django.setup()
    import_module("diedie_edu.urls")
    gc.freeze()  # what lasts is not looked through again, nor copied by those who are forked


def prepare(signins: Path) -> None:
    """Harmless to repeat; writes the demo sign-ins to that file.

    In a child that ends with it, so that the servers inherit no cache, row or connection. Raises
    Failed.
    """
    child = Forked("prepare", partial(_prepare, signins), sys.stdout, tied(signal.SIGKILL), ())
    try:
        code = child.wait()
    finally:
        child.send_signal(signal.SIGKILL)  # where we are interrupted
    if code:
        raise Failed(
            f"准备工作没有完成（{code}），原因见上。", "The preparations failed; see above."
        )


def _prepare(signins: Path) -> None:
    from django.core.management import call_command

    gc.set_threshold(100_000)  # migrations render thousands of models
    step(4, "更新数据库结构……", "Updating the database…")
    refuse_another_version()
    call_command("migrate", interactive=False, verbosity=0)
    step(5, "载入方案资料与演示数据……", "Loading the programme's data and the demo season…")
    call_command("load_plan")
    call_command("load_demo")
    step(6, "整理样式与图片……", "Collecting static files…")
    call_command("collectstatic", interactive=False, verbosity=0)
    with signins.open("w") as file:
        call_command("demo_signins", stdout=file)


def refuse_another_version() -> None:
    """Ends the process where the trial's database was made by other code, and says what to do."""
    from diedie_edu.common.checks import is_of_another_version

    if is_of_another_version():
        complain(
            "试用数据库是门户的另一个版本建立的，表的结构不同；数据没有改动。要开始新的试用，把它移到一边："
            "mv var/run var/run-old，再 make run（要再看旧数据，移回来，用那个版本运行）。"
            "如果设了 DATABASE_URL，让它指向一个空数据库。",
            "Another version of the portal made the database of this trial, with other tables; "
            "nothing was changed. To begin anew put it aside: mv var/run var/run-old, then make "
            "run (to see its data, move it back and run that version). Where DATABASE_URL is "
            "set, point it to an empty database.",
        )
        sys.exit(1)
