"""python -m diedie_edu.local run [--port N] | test [PYTEST ARGUMENTS] | exec -- COMMAND"""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from diedie_edu.local.command import run_beside_services
from diedie_edu.local.place import REPOSITORY, TEST
from diedie_edu.local.process import die_with_parent
from diedie_edu.local.run import run
from diedie_edu.local.say import Failed, complain
from diedie_edu.local.translations import compile_translations


def main() -> int:
    name, *words = sys.argv[1:] or [""]
    commands = {"run": run_command, "test": test_command, "exec": exec_command}
    if name not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return commands[name](words)
    except Failed as failure:
        complain(failure.chinese, failure.english)
        return 1
    except PermissionError as error:
        complain(
            f"不能使用 {error.filename}：它属于另一个用户。请用那个用户运行，或先改变它的主人。",
            f"{error.filename} belongs to another user: become that user, or change its owner.",
        )
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def run_command(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m diedie_edu.local run")
    parser.add_argument("--port", type=port, default=8000)
    parser.add_argument("--with-parent", action="store_true", help="stop when the caller dies")
    given = parser.parse_args(words)
    if given.with_parent:
        die_with_parent(signal.SIGTERM, os.getppid())
    return run(given.port)


def port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise ValueError
    return number


def test_command(words: Sequence[str]) -> int:
    """All tests on all cores; or, with arguments for pytest, what they say."""
    compile_translations()
    # Tests start many processes: what one of them has compiled, the others need not.
    compiled = TEST.folder / "compiled"
    os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(compiled)}
    # Some tests start the real web server, which serves what was collected.
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(collect, env={"DEMO": "true"} | os.environ, cwd=REPOSITORY, check=True)
    everything = ["--numprocesses=logical", "--maxprocesses=4", "--dist=worksteal"]
    return run_beside_services([sys.executable, "-m", "pytest", *(words or everything)])


def exec_command(words: Sequence[str]) -> int:
    return run_beside_services(words[1:] if words[:1] == ["--"] else words)


if __name__ == "__main__":
    sys.exit(main())
