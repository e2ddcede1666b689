"""What every test may ask for: a fixed clock, people of each role, lectures ahead."""

import gc
import logging
import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from django.utils.translation import override
from hypothesis import settings as tried

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import SCOPED, Role
from diedie_edu.activities.models import Activity
from diedie_edu.common.days import moment
from diedie_edu.community import known
from diedie_edu.people.models import Resident, Topic, TopicArea
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from residents_school.models import Lecture
from tests.support.community import known_as
from tests.support.occasions import make_occasion
from tests.support.tables import empty_tables
from tests.support.template import copy_from_template

pytest_plugins = ["tests.support.answers", "tests.support.browser", "tests.support.lists"]

# Properties are tried without a clock, for a busy machine is no fault of the code, and with the
# same values each time: no change shall fail on what it did not touch. To look for new values:
# make test ARGS="tests --hypothesis-profile searching"
tried.register_profile("unhurried", deadline=None, derandomize=True)
tried.register_profile("searching", deadline=None, max_examples=5_000)
tried.load_profile("unhurried")

# A Monday; the weekend of 28 November holds no festival.
NOW = moment(date(2026, 11, 23), time(10, 0))
SATURDAY = date(2026, 11, 28)
YEAR = {"first_day": date(2026, 1, 1), "last_day": date(2027, 12, 31)}  # of a committee reader


def pytest_collection_finish() -> None:
    """What is imported by now stays: Python need not look through it for garbage at every turn."""
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(scope="session", autouse=True)
def plain_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files under their own names, so that nothing need be collected first; what is
    uploaded goes into a folder of its own. Staff stay signed in when the clock moves by days."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # or whitenoise warns
    media = tmp_path_factory.mktemp("media")
    storages = settings.STORAGES | {"staticfiles": plain}
    with override_settings(STORAGES=storages, MEDIA_ROOT=media, STAFF_IDLE_MINUTES=0):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Test databases are copies, one for each process that runs tests."""
    with django_db_blocker.unblock():
        copy_from_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database's today is the day of `NOW`, so that children stay as old as the tests say;
    after a test that commits it is emptied our way."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION people_today() RETURNS date LANGUAGE sql STABLE"
            f" AS $$ SELECT date '{NOW:%Y-%m-%d}' $$"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: empty_tables())
        yield


class Loud(logging.Handler):
    """A worker logs whatever stops a job and goes on, also what a test asserts inside of one."""

    def emit(self, record: logging.LogRecord) -> None:
        assert "AssertionError" not in record.getMessage(), "an assertion failed inside a job"


@pytest.fixture(scope="session", autouse=True)
def loud_jobs() -> None:
    logging.getLogger("diedie_edu.jobs.actions.run").addHandler(Loud())


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Chinese at the start of every test: a page read in English leaves its language behind."""
    with override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def community(monkeypatch: pytest.MonkeyPatch) -> None:
    """Known for as long as a test takes, so that no test reads it by the way."""
    monkeypatch.setattr(known, "KEPT_SECONDS", math.inf)
    known_as()


@pytest.fixture
def now() -> datetime:
    """The moment tests pass as `now=`."""
    return NOW


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The wall clock standing still at `now`, for doors that read it themselves."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


_phones = count(13900000000)
_names = count(1)


def name_of(number: int) -> str:
    """测试丛, 测试丹: without digits, and sorted as their numbers are, by sound and by sign."""
    return f"测试{number}".translate(str.maketrans("0123456789", "不丛丹乏九买乳五些亿"))


def new_user(*roles: Role, scope: str = "", **fields: object) -> User:
    """An account with the given roles, and a resident of the same name."""
    number = next(_names)
    user = User.objects.create_user(
        fields.pop("phone", str(next(_phones))),
        display_name=fields.pop("display_name", name_of(number)),
        **fields,
    )
    for role in roles:
        scoped = scope if role in SCOPED else ""
        days = YEAR if role == Role.COMMITTEE_READER else {}
        RoleGrant.objects.create(user=user, role=role, scope=scoped, **days)
    Resident.objects.create(full_name=user.display_name, account=user, phone=user.phone)
    return user


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    return new_user


@pytest.fixture
def resident_user(make_user: Callable[..., User]) -> User:
    return make_user(Role.RESIDENT)


@pytest.fixture
def stranger(make_user: Callable[..., User]) -> User:
    """Somebody else: other people's objects are always tried with this account."""
    return make_user(Role.RESIDENT)


@pytest.fixture
def staff_user(make_user: Callable[..., User]) -> User:
    return make_user(Role.STAFF)


def signed_in(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user, backend="diedie_edu.accounts.backends.PhoneBackend")
    return client


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    return signed_in


@pytest.fixture
def make_resident(db: None) -> Callable[..., Resident]:
    def make(**fields: object) -> Resident:
        own = {"phone": fields["account"].phone} if fields.get("account") else {}
        return Resident.objects.create(**({"full_name": f"居民{next(_names)}"} | own | fields))

    return make


def the_programme() -> Programme:
    return Programme.objects.get_or_create(
        slug="residents-school",
        defaults={
            "title_zh": "居民学校",
            "title_en": "Residents' school",
            "summary_zh": "周末讲座",
        },
    )[0]


@pytest.fixture
def programme(db: None) -> Programme:
    return the_programme()


def the_topic() -> Topic:
    area = TopicArea.objects.get_or_create(slug="health", defaults={"title_zh": "身心健康"})[0]
    return Topic.objects.get_or_create(area=area, title_zh="中老年健康")[0]


@pytest.fixture
def topic(db: None) -> Topic:
    return the_topic()


def new_venue(**fields: object) -> Venue:
    return Venue.objects.create(**({"title_zh": f"教室{next(_names)}", "places": 60} | fields))


@pytest.fixture
def make_venue(db: None) -> Callable[..., Venue]:
    return new_venue


def new_lecture(
    day: date = SATURDAY, starts: time = time(9, 30), venue: Venue | None = None, **fields: object
) -> Lecture:
    """A published lecture next Saturday 9:30–11:00 in a room of its own, unless told otherwise;
    `fields` names its programme and topic."""
    starts_at = moment(day, starts)
    lecture = Lecture.objects.create(
        **{
            "title": f"讲座{next(_names)}",
            "capacity": 20,
            "state": Activity.State.PUBLISHED,
            "sign_up_opens_at": NOW - timedelta(days=7),
            "sign_up_closes_at": starts_at,
        }
        | fields
    )
    ends_at = starts_at + timedelta(minutes=90)
    make_occasion(lecture, venue or new_venue(), starts_at, ends_at)
    return lecture


@pytest.fixture
def make_lecture(programme: Programme, topic: Topic) -> Callable[..., Lecture]:
    return partial(new_lecture, programme=programme, topic=topic)
