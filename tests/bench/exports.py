"""A visitor's front page while two lists of 100,000 residents are written."""

import time
from collections.abc import Callable, Iterator
from statistics import quantiles

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

RESIDENTS, VIEWS, LOOKS = 100_000, 20, 25
LONGEST = 300  # seconds until an export is given up


def figures() -> Iterator[Figure]:
    with copy("exports") as database:
        add_lectures(30)
        _register(RESIDENTS)
        staff = [_staff(f"1570000000{n}") for n in range(2)]
        with served(PORTAL, database) as portal, worker(database) as exporting:
            _visits(portal)
            idle = _p95(lambda: _visits(portal))
            busy = _p95(lambda: _visits_meanwhile(portal, staff))
            yield Figure("front_page_p95_during_exports", busy / idle, at_most=2)
            _await(lambda: not Job.objects.filter(state__in=Job.AT_WORK).exists())
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


def _staff(phone: str) -> User:
    staff = User.objects.create_user(phone, display_name="工作人员")
    RoleGrant.objects.create(user=staff, role=Role.STAFF)
    return staff


def _visits_meanwhile(portal: Server, staff: list[User]) -> list[float]:
    """Both of them wait for an export of which rows are written."""
    _await(lambda: _all_wait(staff))
    return _visits(portal)


def _all_wait(staff: list[User]) -> bool:
    for one in staff:
        _ask(one)
    return _under_way() == len(staff)


def _ask(by: User) -> None:
    """Once more, where the last one is done."""
    if not by.jobs.filter(state__in=Job.AT_WORK).exists():
        params = {"list": "residents", "number": None, "extension": "xlsx"}
        asking.ask(kind=EXPORT, title="居民", params=params, by=by, language="zh-hans")
        run_jobs.delay()


def _under_way() -> int:
    assert not Job.objects.exclude(state__in=["queued", "working", "done"]).exists()
    return Job.objects.filter(state="working", rows_done__gt=0).count()


def _await(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < deadline, "the worker does not write"
        time.sleep(0.1)


def _p95(look: Callable[[], list[float]]) -> float:
    return quantiles([seconds for _look in range(LOOKS) for seconds in look()], n=20)[-1]


def _visits(portal: Server) -> list[float]:
    """The seconds of visitors who come one after the other."""
    answers = rush(portal.address, [once(get("/")) for _n in range(VIEWS)], 1)
    check(answers, {200})
    return [answer.seconds for answer in answers]
