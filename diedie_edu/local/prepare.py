"""Makes the portal ready to serve: tables, data, static files. Harmless to repeat."""

import gc
import sys
from pathlib import Path

from diedie_edu.local.say import complain, step


def prepare(signins: Path) -> None:
    """In a process that has Django set up; writes the demo sign-ins to that file."""
    from django.core.management import call_command

    # Migrations render thousands of models: what lasts need not be looked through at every turn.
    gc.freeze()
    gc.set_threshold(100_000)
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
