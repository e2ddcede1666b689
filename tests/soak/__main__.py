"""python -m tests.soak [--seconds N]

Mixed visitors, sign-ups, staff, messages, imports and exports against servers as `make run` starts
them, for half an hour by default. Its exit code is 1 where something has piled up in the end, or a
page was not answered. Run it by `make soak`.
"""

import argparse
import logging
import os
import sys
import time
from collections import Counter

import django

BELLS, LISTS, PAUSE = 5, 60, 1  # seconds from one to the next
LONGEST = 300  # seconds until workers have begun
WARM = 60  # seconds at the start, at least
QUIET = 20  # seconds at the end, in which what waits is worked off
SAMPLES = 3  # at either end, of which the middle one counts


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")
    os.environ.setdefault("DEMO", "true")
    django.setup()
    logging.disable(logging.WARNING)
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--seconds", type=int, default=1800)
    seconds = parser.parse_args().seconds
    from django.core.management import call_command
    from django.test import override_settings

    from tests.bench import databases, servers

    call_command("collectstatic", interactive=False, verbosity=0)
    media = override_settings(MEDIA_ROOT=servers.FOLDER / "media")
    with media, databases.template(), databases.copy("soak") as database:
        return soak(database, seconds)


def soak(database: str, seconds: int) -> int:
    from tests.bench.databases import analyse
    from tests.bench.servers import FOLDER, PORTAL, served, worker
    from tests.soak import gauges
    from tests.soak.visitors import Town

    town = Town()
    analyse()
    with served(PORTAL, database) as web, worker(database) as workers:

        def sample() -> gauges.Sample:
            time.sleep(2)
            return gauges.sample(web.child, workers, FOLDER / "log", town.answers.total())

        await_workers(town)
        warm = max(seconds // 5, WARM)  # caches fill, every process begins its work
        live(town, web.address, warm)
        start = gauges.middle(sample() for _n in range(SAMPLES))
        live(town, web.address, max(seconds - warm, 0))
        ring_for(QUIET)
        end = gauges.middle(sample() for _n in range(SAMPLES))
    print("\n".join(gauges.table(start, end)))
    return say(town.answers, gauges.risen(start, end))


def await_workers(town: object) -> None:
    """Until they have read the first list: before that there is nothing to measure."""
    from diedie_edu.jobs.models import Job

    town.move_lists()
    for _bell in range(LONGEST // BELLS):
        if not Job.objects.filter(state__in=Job.AT_WORK).exists():
            return
        ring_for(BELLS)
    raise TimeoutError("The workers do not begin.")


def live(town: object, address: object, seconds: float) -> None:
    until, bell, lists = time.monotonic() + seconds, 0.0, 0.0
    while (now := time.monotonic()) < until:
        if now >= bell:
            ring()
            bell = now + BELLS
        if now >= lists:
            town.move_lists()
            lists = now + LISTS
        town.round(address)
        time.sleep(PAUSE)


def ring() -> None:
    """What Celery beat rings: reminders are planned, messages sent, lists read and written."""
    from diedie_edu.jobs.tasks import run_jobs
    from diedie_edu.notices.tasks import deliver, tick

    for task in (tick, deliver, run_jobs):
        task.delay()


def ring_for(seconds: float) -> None:
    for _bell in range(int(seconds / BELLS)):
        ring()
        time.sleep(BELLS)


def say(answers: Counter[int], risen: list[str]) -> int:
    broken = sum(number for status, number in answers.items() if status == 0 or status >= 500)
    print(f"answers: {dict(sorted(answers.items()))}, broken: {broken}")
    print(f"✗ risen: {', '.join(risen)}" if risen else "✓ nothing has piled up")
    return 1 if risen or broken else 0


if __name__ == "__main__":
    sys.exit(main())
