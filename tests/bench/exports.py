"""A visitor's front page while two lists of 100,000 residents are written."""

import time
from collections.abc import Callable, Iterator
from statistics import median, quantiles

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.models import Job
from diedie_edu.jobs.tasks import run_jobs
from diedie_edu.lists.room import EXPORT
from diedie_edu.people.models import Household, Resident
from tests.bench.compare import check
from tests.bench.databases import analyse, copy
from tests.bench.figures import Figure
from tests.bench.season import add_lectures
from tests.bench.servers import PORTAL, Server, peak_memory_below, served, worker
from tests.support.rush import get, once, rush

RESIDENTS, VIEWS, ROUNDS = 100_000, 100, 5
LONGEST = 300  # seconds until an export is given up


def figures() -> Iterator[Figure]:
    with copy("exports") as database:
        add_lectures(30)
        _register(RESIDENTS)
        with served(PORTAL, database) as portal, worker(database) as exporting:
            _p95(portal)
            idle = median(_p95(portal) for _round in range(ROUNDS))
            jobs = _two_exports()
            busy = median(_p95(portal) for _round in range(ROUNDS))
            assert _under_way(jobs) == 2, "they are done before the visitor is"
            yield Figure("front_page_p95_during_exports", busy / idle, at_most=2)
            _await(lambda: _under_way(jobs) == 0)
            yield Figure("export_worker_peak_mb", peak_memory_below(exporting.process.pid))


def _register(number: int) -> None:
    homes = Household.objects.bulk_create(Household(label=f"1-{n}") for n in range(number // 3 + 1))
    Resident.objects.bulk_create(
        (
            Resident(full_name=f"居民{n}", phone=f"138{n:08}", household=homes[n // 3])
            for n in range(number)
        ),
        batch_size=5000,
    )
    analyse()


def _two_exports() -> list[int]:
    """Their jobs, once rows of both are written."""
    jobs = [_asked(str(15700000000 + n)).pk for n in range(2)]
    for _job in jobs:
        run_jobs.delay()
    _await(lambda: _under_way(jobs) == 2)
    return jobs


def _asked(phone: str) -> Job:
    staff = User.objects.create_user(phone, display_name="工作人员")
    RoleGrant.objects.create(user=staff, role=Role.STAFF)
    params = {"list": "residents", "number": None, "extension": "xlsx"}
    return asking.ask(kind=EXPORT, title="居民", params=params, by=staff, language="zh-hans")


def _under_way(jobs: list[int]) -> int:
    rows = Job.objects.filter(pk__in=jobs)
    assert not rows.exclude(state__in=["queued", "working", "done"]).exists()
    return rows.filter(state="working", rows_done__gt=0).count()


def _await(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < deadline, "the worker does not write"
        time.sleep(0.1)


def _p95(portal: Server) -> float:
    """Seconds, of visitors who come one after the other."""
    answers = rush(portal.address, [once(get("/")) for _n in range(VIEWS)], 1)
    check(answers, {200})
    return quantiles([answer.seconds for answer in answers], n=20)[-1]
