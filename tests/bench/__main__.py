"""python -m tests.bench [PART…] | --list

Measures the parts named, or all, and writes var/bench.json. Its exit code is 1 where a target
is missed. docs/benchmarks.md says what each figure means.
"""

import argparse
import faulthandler
import os
import sys
from collections.abc import Callable, Iterable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")
os.environ.setdefault("DEMO", "true")

import django

django.setup()

from django.core.management import call_command

from tests.bench import databases, figures, overbooking, pages, sign_up
from tests.bench.figures import Figure

LONGEST = 30 * 60  # seconds after which a bench that hangs is ended, with its servers
PARTS: dict[str, Callable[[], Iterable[Figure]]] = {
    "sign_up": sign_up.figures,
    "pages": pages.figures,
    "overbooking": overbooking.figures,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--list", action="store_true", help="print the parts and stop")
    given = parser.parse_args()
    if unknown := set(given.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if given.list:
        print("\n".join(PARTS))
        return 0
    faulthandler.dump_traceback_later(LONGEST, exit=True)
    return measure(given.parts or list(PARTS))


def measure(parts: Iterable[str]) -> int:
    """Measure and print part after part; the exit code."""
    found: list[Figure] = []
    with databases.template():
        call_command("collectstatic", interactive=False, verbosity=0)
        for part in parts:
            print(f"{part} …", flush=True)
            ours = list(PARTS[part]())
            print(figures.table(ours), flush=True)
            found += ours
            figures.write(ours)
    if missed := figures.missed(found):
        print(f"\n✗ missed: {', '.join(missed)}", file=sys.stderr)
        return 1
    print("\n✓ every target is met")
    return 0


if __name__ == "__main__":
    sys.exit(main())
