"""A portal of several machines is one portal: whoever answers, and whoever is killed."""

import hashlib
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from after_school.models import Presence, PresenceEvent, Session, Term
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import local_day
from diedie_edu.files.models import StoredFile
from diedie_edu.jobs.models import Job
from diedie_edu.keeping.models import Run
from diedie_edu.local.ports import HOST
from diedie_edu.notices.models import OPEN, Channel, Notice, Status
from diedie_edu.people.models import Resident
from residents_school.demo.handouts import picture
from residents_school.models import Lecture
from tests.after_school.conftest import *  # noqa: F403
from tests.bench.season import CSRF_SECRET
from tests.chaos.fleet import database_url
from tests.chaos.gateway import Gateway, Mood
from tests.conftest import new_lecture, new_user
from tests.fleet.machines import Machines, Visitor, machines, until
from tests.support.bucket import Store, bucket
from tests.support.community import MIDNIGHT, stored_as
from tests.support.pgbouncer import BINARY, pgbouncer, url_through
from tests.support.rush import Answer, once, post, rush

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, PEOPLE, LISTED = 10, 40, 2_100


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """It takes a while over each message, so that a worker is killed in the middle of one."""
    stored_as(quiet_from=MIDNIGHT, quiet_until=MIDNIGHT)
    with Gateway(lambda: Mood.ACCEPT_SLOWLY).running() as running:
        yield running


@pytest.fixture
def store() -> Iterator[Store]:
    with bucket() as running:
        yield running


@pytest.fixture
def portal(gateway: Gateway, store: Store, tmp_path: Path) -> Iterator[Machines]:
    """Through a pool where there is one here."""
    pool = pgbouncer(default_pool_size="20") if BINARY else nullcontext(None)
    with pool as port:
        env = gateway.env | store.env | {"SMS_URL": gateway.url, "SMS_QUERY_URL": gateway.query_url}
        env |= {"DATABASE_URL": url_through(port) if port else database_url()}
        env |= {"POOLED": "true" if port else "false", "MEDIA_ROOT": str(tmp_path / "none")}
        with machines(tmp_path, env) as found:
            yield found


@pytest.fixture
def lecture(programme: object, topic: object) -> Lecture:
    day = (timezone.now() + timedelta(days=7)).date()
    about = {"programme": programme, "topic": topic, "capacity": SEATS}
    return new_lecture(day, sign_up_opens_at=timezone.now() - timedelta(days=1), **about)


@pytest.fixture
def day() -> date:
    """The last one on which there was school."""
    today = local_day(timezone.now())
    return today - timedelta(days=max(0, today.isoweekday() - 5))


@pytest.fixture
def term(make_term: Callable[..., Term], day: date) -> Term:
    return make_term(first_day=day - timedelta(days=60), last_day=day + timedelta(days=60))


@pytest.fixture
def session(term: Term, make_session: Callable[..., Session], day: date) -> Session:
    return make_session(term, day, state="open")


def test_several_machines_are_one_portal(
    lecture: Lecture,
    presence: Presence,
    portal: Machines,
    gateway: Gateway,
    store: Store,
    tmp_path: Path,
) -> None:
    people = [new_user(Role.RESIDENT) for _ in range(PEOPLE)]
    everybody_signs_up_at_both(portal, lecture, people)
    one_worker_is_killed_and_nobody_is_told_twice(portal, gateway)
    signed_out_is_signed_out_everywhere(portal, people[0])
    staff = Visitor(portal, new_user(Role.STAFF))
    a_day_is_closed_at_one_while_a_child_goes_home_at_the_other(portal, presence, staff)
    what_one_takes_the_other_shows(portal, lecture, staff, store)
    what_is_asked_of_one_is_fetched_from_the_other(portal, staff, store)
    upkeep_ran_and_kept_nothing_on_a_disk_of_its_own(tmp_path)


def everybody_signs_up_at_both(portal: Machines, lecture: Lecture, people: list[User]) -> None:
    address = reverse("activities:sign_up", args=[lecture.pk])

    cookies = [Visitor(portal, user).cookies for user in people]
    token = {"csrfmiddlewaretoken": CSRF_SECRET}

    def at(host: int) -> list[int]:
        visits = [once(post(address, token, own)) for own in cookies[host::2]]
        answers = rush((HOST, portal.web[host]), visits, at_once=10)
        return [answer.status for answer in answers]

    with ThreadPoolExecutor(2) as pool:
        told = Counter(status for statuses in pool.map(at, (0, 1)) for status in statuses)
    assert told == {302: PEOPLE}
    lecture.refresh_from_db()
    states = Counter(SignUp.objects.filter(activity=lecture).values_list("status", flat=True))
    assert (lecture.taken, sum(states.values())) == (SEATS, PEOPLE)
    assert states["seated"] == SEATS


def one_worker_is_killed_and_nobody_is_told_twice(portal: Machines, gateway: Gateway) -> None:
    until(lambda: sum(gateway.ledger.values()) >= 5, "the first messages")
    os.killpg(portal.workers[0].process.pid, signal.SIGKILL)
    waiting = Notice.objects.filter(channel=Channel.SMS, status__in=[*OPEN, Status.UNKNOWN])
    until(lambda: not waiting.exists(), "all messages")
    sent = Notice.objects.filter(channel=Channel.SMS, status=Status.SENT)
    assert {str(key) for key in sent.values_list("reference", flat=True)} == set(gateway.ledger)
    assert sent.count() >= PEOPLE  # and what the school has to say
    assert gateway.duplicates == 0
    of_whom = Notice.objects.values("kind", "subject", "recipient", "channel")
    assert not of_whom.annotate(number=Count("pk")).filter(number__gt=1).exists()


def signed_out_is_signed_out_everywhere(portal: Machines, user: User) -> None:
    visitor, mine = Visitor(portal, user), reverse("portal:my_page")
    assert [visitor.get(host, mine).status_code for host in (0, 1)] == [200, 200]
    token = visitor.token(0, mine)
    assert visitor.post(0, reverse("accounts:sign_out"), token).status_code == 302
    visitor.session.cookies.update(visitor.cookies)  # a copy of it somewhere
    assert [visitor.get(host, mine).status_code for host in (0, 1)] == [302, 302]


def a_day_is_closed_at_one_while_a_child_goes_home_at_the_other(
    portal: Machines, inside: Presence, staff: Visitor
) -> None:
    """It closes once the child is gone, never before, however often both are tapped."""
    session, collector = inside.session, inside.child.collectors.get()
    token = {"csrfmiddlewaretoken": CSRF_SECRET}
    close = reverse("after_school:session_close", args=[session.pk])
    go = reverse("after_school:hand_over", args=[session.pk, inside.child_id])
    with_whom = token | {"collector": str(collector.pk), "how": "known"}
    taps = [
        post(close, token | {"reason": "停电"}, staff.cookies),
        post(go, with_whom, staff.cookies),
    ]

    def at(host: int) -> list[Answer]:
        visits = [once(taps[host]) for _ in range(8)]
        return rush((HOST, portal.web[host]), visits, at_once=4)

    with ThreadPoolExecutor(2) as pool:
        told = [answer.status for answers in pool.map(at, (0, 1)) for answer in answers]
    assert set(told) <= {200, 302}
    gone = PresenceEvent.objects.filter(presence=inside, what="left")
    assert gone.count() == 1
    staff.post(1, close, reason="停电")
    assert Session.objects.get(pk=session.pk).state == "closed"
    assert not Presence.objects.filter(session=session, left_at=None).exists()


def what_one_takes_the_other_shows(
    portal: Machines, lecture: Lecture, staff: Visitor, store: Store
) -> None:
    """A form that one has shown is sent to the other, and its picture fetched from the first."""
    address = reverse("residents_school:material_list", args=[lecture.pk])
    token = staff.token(0, address)
    sent = {"files": {"file": ("海报.png", picture(), "image/png")}}
    assert staff.post(1, address, token, title="海报", **sent).status_code == 302
    file = StoredFile.objects.get(kind="material")
    taken = [path for path in store.objects if not path.startswith("endings/")]  # of the upkeep
    assert taken == [file.path]
    for host in (0, 1):
        answer = staff.get(host, reverse("files:file", args=[file.key]))
        assert hashlib.sha256(answer.content).hexdigest() == file.sha256


def what_is_asked_of_one_is_fetched_from_the_other(
    portal: Machines, staff: Visitor, store: Store
) -> None:
    Resident.objects.bulk_create(
        Resident(full_name=f"居民{number}", phone=f"137{number:08}") for number in range(LISTED)
    )
    asked = staff.post(0, "/people/export/residents.csv", reason="核对")
    assert asked.status_code == 302, asked.text
    job = Job.objects.get()
    until(lambda: Job.objects.filter(pk=job.pk, state=Job.State.DONE).exists(), "the list")
    job.refresh_from_db()
    answer = staff.get(1, reverse("files:file", args=[job.result.key]))
    assert hashlib.sha256(answer.content).hexdigest() == job.result.sha256
    assert len(answer.content.decode("utf-8-sig").splitlines()) > LISTED
    assert job.attempts == 1


def upkeep_ran_and_kept_nothing_on_a_disk_of_its_own(tmp_path: Path) -> None:
    """Of two beats that ring for three workers."""
    until(lambda: Run.objects.filter(name="sweep").exclude(ran_at=None).exists(), "the sweep")
    assert not Run.objects.exclude(failed_at=None).exists()
    assert not (tmp_path / "none").exists()
