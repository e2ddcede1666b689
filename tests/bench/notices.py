"""Telling 20,000 people something in the portal: planning it, and delivering it."""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import reminders
from diedie_edu.activities.models import ReminderTime, SignUp
from diedie_edu.common.days import local_now
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.notices.tasks import deliver
from diedie_edu.people.models import Resident
from tests.bench.databases import analyse, copy
from tests.bench.figures import Figure
from tests.bench.season import add_lectures
from tests.bench.servers import peak_memory_below, worker
from tests.bench.tasks import deliver_one
from tests.support.occasions import rebook

PEOPLE, SAMPLE, ROUNDS = 20_000, 2_000, 3
LONGEST = 120  # seconds until a delivery is given up
Send = Callable[[Iterable[int]], None]


def figures() -> Iterator[Figure]:
    with copy("notices_few"):
        few, _notices = _plan(20)
        yield Figure("plan_queries_20", few)
    with copy("notices") as database:
        many, notices = _plan(PEOPLE)
        yield Figure("plan_queries_20000", many, exactly=few)
        with worker(database, "--include=tests.bench.tasks") as sending:
            yield Figure("deliver_inbox_vs_task_each", _delivered(notices), at_least=25)
            yield Figure("worker_peak_mb", peak_memory_below(sending.process.pid))


def _plan(people: int) -> tuple[int, list[int]]:
    """The number of queries that plan a reminder for so many people, and the notices."""
    lecture = add_lectures(1, capacity=people)[0]
    _seat(lecture, people)
    ReminderTime.objects.update(channels=[Channel.INBOX])
    start = timezone.now() + timedelta(hours=1)
    rebook(starts_at=start, ends_at=start + timedelta(hours=1))
    analyse()
    with CaptureQueriesContext(connection) as captured:
        reminders.plan_reminders(local_now())
    notices = list(Notice.objects.order_by("pk").values_list("pk", flat=True)[:people])
    assert len(notices) == people
    return len(captured), notices


def _seat(lecture: int, people: int) -> None:
    accounts = User.objects.bulk_create(
        User(phone=f"137{n:08}", display_name="居民") for n in range(people)
    )
    residents = Resident.objects.bulk_create(
        Resident(full_name="居民", account=account, phone=account.phone) for account in accounts
    )
    long_ago = timezone.now() - timedelta(days=7)
    SignUp.objects.bulk_create(
        SignUp(
            activity_id=lecture,
            resident=resident,
            status=SignUp.Status.SEATED,
            signed_up_at=long_ago,
            seated_at=long_ago,
        )
        for resident in residents
    )


def _delivered(notices: list[int]) -> float:
    """How many times as many people a second are told in sets as by a task each."""
    _rate(notices[:10], _a_task_each)  # the worker has started when they are through
    return median(
        _rate(notices, _in_sets) / _rate(notices[:SAMPLE], _a_task_each) for _n in range(ROUNDS)
    )


def _in_sets(_notices: Iterable[int]) -> None:
    deliver.delay()


def _a_task_each(notices: Iterable[int]) -> None:
    for pk in notices:
        deliver_one.delay(pk)


def _rate(notices: list[int], send: Send) -> float:
    """People told a second, from the first task sent to the last row settled."""
    Notice.objects.update(status=Status.DELIVERED, settled_at=timezone.now())
    queued = Notice.objects.filter(pk__in=notices)
    queued.update(status=Status.QUEUED, settled_at=None, tries=0)
    analyse()
    started = time.perf_counter()
    send(notices)
    while Notice.objects.filter(status=Status.QUEUED).exists():
        if time.perf_counter() - started > LONGEST:
            raise AssertionError("the worker does not deliver")
        time.sleep(0.02)
    return len(notices) / (time.perf_counter() - started)
