"""python -m tests.guards [--only PATTERN] [--report] [--fresh] [TESTS]

Tries each guard with the test that saw it before (seen.txt, which it writes anew), those of the
database with the tests that name them, notes what tests come past, tries what is still unseen,
writes var/guards/report.md. It may be stopped and goes on where it was. Run it by `make guards`,
which gives it a PostgreSQL of its own.
"""

import argparse
import os
import shutil
import subprocess
import sys

from diedie_edu.local.translations import compile_translations
from tests.guards.records import FOLDER
from tests.guards.report import report


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.guards")
    parser.add_argument("--only", default="", help="guards whose name fits, as lock:|mask:")
    parser.add_argument("--report", action="store_true", help="what is known so far")
    parser.add_argument("--fresh", action="store_true", help="forget what was noted and tried")
    parser.add_argument("tests", nargs="*", default=["tests"])
    given = parser.parse_args()
    if given.fresh:
        shutil.rmtree(FOLDER, ignore_errors=True)
    if not given.report:
        compile_translations()
        for what in ("known", "named", "note", "try"):
            run(what, given)
    return report(given.only)


def run(what: str, given: argparse.Namespace) -> None:
    quiet = ["-q", "--no-header", "--tb=no", "-p", "tests.guards.plugin", "-p", "no:xdist"]
    command = [sys.executable, "-m", "pytest", *quiet, *given.tests]
    own = {"GUARDS": what, "GUARDS_ONLY": given.only}
    subprocess.run(command, env=os.environ | own, check=False, preexec_fn=lambda: os.nice(19))


if __name__ == "__main__":
    sys.exit(main())
