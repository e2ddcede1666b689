"""A hall that somebody wants to have painted; staff decide, and a lead at the own programme."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.manifests import read_manifests
from diedie_edu.decisions.actions import deciding, requests
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.rules import Decision
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.decisions.paint.room import FORGOTTEN, OPENED, PAINTING

SLUG = "residents-school"


@pytest.fixture(scope="package", autouse=True)
def painting_is_a_kind() -> Iterator[None]:
    """Installing an app reads the manifests anew."""
    with override_settings(INSTALLED_APPS=[*settings.INSTALLED_APPS, "tests.decisions.paint"]):
        yield
    read_manifests()


@pytest.fixture(autouse=True)
def nothing_has_happened() -> None:
    OPENED.clear()
    FORGOTTEN.clear()


@pytest.fixture
def hall(make_venue: Callable[..., Venue]) -> Venue:
    return make_venue(title_zh="green", places=3)


@pytest.fixture
def asker(resident_user: User) -> User:
    return resident_user


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.PROGRAMME_LEAD, scope=SLUG)


@pytest.fixture
def ask(hall: Venue, asker: User) -> Callable[..., Request]:
    """Ask for a hall to be painted as its row says; `requests.submit` otherwise."""

    def ask(venue: Venue = hall, by: User = asker, now=NOW, programme: str = SLUG) -> Request:
        venue.refresh_from_db()
        about = {"kind": PAINTING, "subject": venue.pk, "programme": programme}
        return requests.submit(**about, data={"colour": venue.title_zh}, by=by, now=now)

    return ask


@pytest.fixture
def request_(ask: Callable[..., Request]) -> Request:
    """One that waits."""
    return ask()


def decide(request: Request, what: str, by: User, **more) -> Request:
    """With the content as it stands now on the screen, unless told otherwise."""
    given = {"seen": shown_now(request), "reason": "" if what == State.APPROVED else "Why not"}
    decision = Decision(what, **given | more)
    return deciding.decide(request=request, decision=decision, by=by, now=NOW)
