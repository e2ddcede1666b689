"""How many jobs are under way at once, with real threads; what is held and by whom."""

from datetime import timedelta

import pytest
from django.db import transaction

from diedie_edu.jobs.actions import asking, leases
from diedie_edu.jobs.models import Job
from tests.conftest import NOW
from tests.support.races import meanwhile, together
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db(transaction=True)
FOUR = ["residents", "volunteers", "partners", "topics"]


@pytest.fixture
def four(ask):
    return [ask(list=slug) for slug in FOUR]


def test_so_many_are_under_way_at_once_and_no_more(four):
    claims = together(*[lambda: leases.claim(NOW)] * 4)

    assert sum(claim is not None for claim in claims) == leases.AT_ONCE
    assert leases.claim(NOW) is None


def test_counted_at_once_there_would_be_more(four, monkeypatch):
    """The negative control: what counting one after the other is there for."""
    monkeypatch.setattr(leases, "_count_alone", lambda: None)
    assert leases.claim(NOW)
    with transaction.atomic():
        assert leases.claim(NOW)
        assert meanwhile(lambda: leases.claim(NOW)).result()

    assert Job.objects.filter(state="working").count() > leases.AT_ONCE


def test_what_is_held_or_done_is_nobody_elses(ask):
    ask()
    job = leases.claim(NOW)
    assert leases.claim(NOW) is None

    leases.end_held(job, "done", NOW)
    assert leases.claim(NOW + leases.LEASE * 2) is None


def test_one_that_lapsed_makes_room(four):
    first = leases.claim(NOW)
    leases.claim(NOW)
    later = NOW + leases.LEASE + timedelta(seconds=1)

    assert leases.claim(later).pk == first.pk


def test_a_worker_that_was_taken_over_writes_nothing_more(ask):
    ask()
    slow = leases.claim(NOW)
    later = NOW + leases.LEASE + timedelta(seconds=1)
    quick = leases.claim(later)

    for write in (
        lambda: leases.let_go(slow, "queued"),
        lambda: leases.end_held(slow, "done", later),
        lambda: next(told(slow)),
    ):
        with pytest.raises(leases.LeaseLostError):
            write()
    leases.end_held(quick, "done", later)


def told(job):
    with leases.progress_of(job) as progress:
        yield progress.start(1)


def test_a_cancelled_job_is_no_longer_its_workers(ask):
    job = ask()
    held = leases.claim(NOW)

    assert asking.cancel(job=job, now=NOW)
    assert not asking.cancel(job=job, now=NOW)
    with pytest.raises(leases.LeaseLostError):
        leases.end_held(held, "done", NOW)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("job_progress_within_total", {"rows_done": 1}),
        ("job_is_held_while_worked_at", {"state": "working"}),
        ("job_is_held_while_worked_at", {"lease_until": NOW}),
        ("ended_job_holds_nothing_it_was_given", {"state": "done"}),
        ("ended_job_holds_nothing_it_was_given", {"ended_at": NOW}),
        ("ended_job_holds_nothing_it_was_given", {"state": "lost", "ended_at": NOW}),
        ("job_is_confirmed_once", {"state": "waiting", "confirmed_at": NOW}),
    ],
)
def test_a_job_makes_sense(ask, constraint, change):
    ask()
    with refused_by(constraint):
        Job.objects.update(**change)


def test_nothing_but_a_done_job_has_a_result(ask, upload):
    ask()
    given = upload(["x"]).given
    with refused_by("only_a_done_job_has_a_result"):
        Job.objects.filter(kind="export").update(result=given)
    with refused_by("ended_job_holds_nothing_it_was_given"):
        Job.objects.filter(kind="import").update(state="done", ended_at=NOW)
