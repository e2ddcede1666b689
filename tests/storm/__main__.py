"""python -m tests.storm [--requests N] [--seed N] [--without NAME | --without all]

5,000 mixed requests to seats, queue, door, lists and forms, with a watcher of what must never be
seen. `--without` takes one guard out, or each in turn; the same seed must then show it. Run it by
`make storm`, which gives it a PostgreSQL of its own.
"""

import argparse
import logging
import os
import sys

import django

FEWEST = 20  # times that each kind of request must have been done, in a whole storm


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")
    django.setup()
    logging.disable(logging.WARNING)  # who signed in, and what was not found
    from tests.storm.without import GUARDS

    parser = argparse.ArgumentParser(prog="python -m tests.storm")
    parser.add_argument("--requests", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=10)
    parser.add_argument("--without", choices=["all", *GUARDS], metavar="NAME")
    given = parser.parse_args()
    if given.without is None:
        return whole(given.seed, given.requests)
    names = list(GUARDS) if given.without == "all" else [given.without]
    unseen = [name for name in names if not is_seen(name, given.seed, given.requests)]
    return len(unseen)


def whole(seed: int, requests: int) -> int:
    from tests.storm.story import Storm

    storm = in_own_database(Storm(seed, requests).play)
    print(storm.table())
    print("\n".join(storm.faults) or "0 violations.")
    rare = storm.rarest < FEWEST and requests >= 5000
    print(f"The rarest kind was done {storm.rarest} times.")
    return 1 if storm.faults or rare else 0


def is_seen(name: str, seed: int, requests: int) -> bool:
    from tests.storm.story import Storm
    from tests.storm.without import GUARDS, taken_out

    def play() -> Storm:
        with taken_out(GUARDS[name]):
            return Storm(seed, requests).play()

    storm = in_own_database(play)
    found = storm.faults[0] if storm.faults else "NOT SEEN"
    print(f"without {name}: after {storm.sent} requests: {found}", flush=True)
    return bool(storm.faults)


def in_own_database(call):
    """Make a database beside the given one, migrated and empty, and drop it in the end."""
    from django.db import connection
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    from tests.support.template import copy_from_template

    connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}_storm"
    setup_test_environment()
    copy_from_template()
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        return call()
    finally:
        teardown_databases(made, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    sys.exit(main())
