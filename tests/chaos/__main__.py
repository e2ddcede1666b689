"""python -m tests.chaos [--notices N] [--kills N] [--without-guard] [--without-asking]
    [--provider alibaba|tencent]

SEED=… repeats the order of accidents and the gateway's moods; when they strike is up to the
machine. Run it by `make chaos`, which gives it a PostgreSQL of its own.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings

from tests.support.providers import BY_BACKEND


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--notices", type=int, default=3000)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--without-guard", action="store_true", help="must show duplicates")
    parser.add_argument("--without-asking", action="store_true", help="leaves unknown ones")
    parser.add_argument("--provider", choices=["http", *BY_BACKEND], default="http")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")
    django.setup()
    return play(given)


def play(given: argparse.Namespace) -> int:
    from tests.chaos.scenario import Scenario, run

    scenario = Scenario(
        seed=int(os.environ.get("SEED") or random.randrange(10**6)),
        notices=given.notices,
        kills=given.kills,
        guarded=not given.without_guard,
        asks=not given.without_asking,
        provider=given.provider,
    )
    print(f"SEED={scenario.seed}: {scenario.notices} messages, {scenario.kills} kills", flush=True)
    figures = in_own_database(lambda: run(scenario))
    return report(figures)


def in_own_database(call: Callable[[], Any]) -> Any:
    """Make a database beside the given one, migrated and empty, and drop it in the end."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}_chaos"
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        return call()
    finally:
        teardown_databases(made, verbosity=0)


def report(figures: Any) -> int:
    file = settings.BASE_DIR / "var" / "chaos.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(figures.as_dict(), indent=2) + "\n")
    for name, number in figures.as_dict().items():
        print(f"{name:>16} {number}")
    print("Nobody was told twice, nobody was forgotten." if figures.holds else "BROKEN PROMISE.")
    return 0 if figures.holds else 1


if __name__ == "__main__":
    sys.exit(main())
