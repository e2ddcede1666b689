"""Makes the portal ready to serve: tables, data, static files. Harmless to repeat.

`python -m diedie_edu.local.prepare FILE` writes the demo sign-ins to FILE.
"""

import sys
from pathlib import Path

from diedie_edu.local.say import step
from diedie_edu.local.translations import compile_translations


def main() -> None:
    compile_translations()
    import django
    from django.core.management import call_command

    django.setup()
    step(4, "更新数据库结构……", "Updating the database…")
    call_command("migrate", interactive=False, verbosity=0)
    step(5, "载入方案资料与演示数据……", "Loading the programme's data and the demo season…")
    call_command("load_plan")
    call_command("load_demo")
    step(6, "整理样式与图片……", "Collecting static files…")
    call_command("collectstatic", interactive=False, verbosity=0)
    with Path(sys.argv[1]).open("w") as signins:
        call_command("demo_signins", stdout=signins)


if __name__ == "__main__":
    main()
