"""python -m tests.scale [--people N] [--activities N] [--sign-ups N] [--notices N] [--pages WORDS]

Fills a small and a large town, opens every page as everybody who may, and reads what its
statements cost; docs/benchmarks.md tells more. Writes var/scale/report.md; the exit code is 1 where
a page is more than twice as long in the large one. Run it by `make scale`.
"""

import argparse
import logging
import os
import sys
import time

import django

SMALL = {"people": 1000, "activities": 120, "sign_ups": 2000, "notices": 4000}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")
    django.setup()
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(prog="python -m tests.scale")
    for name, number in {"people": 100_000, "activities": 3000}.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--sign-ups", type=int, default=200_000)
    parser.add_argument("--notices", type=int, default=400_000)
    parser.add_argument("--pages", default="", help="a pattern of the names of addresses")
    given = vars(parser.parse_args())
    names = given.pop("pages")
    from tests.scale import report
    from tests.scale.town import walked

    few, many = walked("small", SMALL, names), walked("large", given, names)
    rows = report.grown(few, many)
    report.write(few, many, rows)
    print(f"{len(many)} walked, {len(rows)} above {report.TARGET:g} ×: {report.FILE}")
    return 1 if rows else 0


if __name__ == "__main__":
    started = time.monotonic()
    code = main()
    print(f"{time.monotonic() - started:.0f} seconds")
    sys.exit(code)
