"""The commands: run, test, exec."""

import argparse
import sys

from diedie_edu.local.command import run_beside_services
from diedie_edu.local.say import Failed, complain


def main() -> int:
    arguments = parser().parse_args()
    try:
        return arguments.start(arguments)
    except Failed as failure:
        complain(failure.chinese, failure.english)
        return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m diedie_edu.local", description=__doc__)
    commands = top.add_subparsers(required=True)
    execute = commands.add_parser("exec", help="run a command beside PostgreSQL and Valkey")
    execute.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND ...")
    execute.set_defaults(
        start=lambda given: run_beside_services(given.words[given.words[:1] == ["--"] :])
    )
    return top


if __name__ == "__main__":
    sys.exit(main())
