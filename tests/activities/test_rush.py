"""A small rush over HTTP: the portal's own server with two workers, on a loopback port.

`make bench` runs the large one, 20 times 500 people.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity
from diedie_edu.common.days import local_day, local_now
from residents_school.models import Lecture
from tests.bench.servers import PORTAL, UNGUARDED, Server, served
from tests.support.races import constraint_dropped
from tests.support.rush import Answer, Visit, once, post, rush
from tests.support.seats import check_seats, seated_and_waiting

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, SEATS, DOUBLE_CLICKS = 60, 20, 20
TRIES = 10  # within which the control must show the fault
SECRET = "k" * 32


@pytest.fixture
def crowd(as_user: Callable[[User], Client], make_user: Callable[..., User]) -> list[str]:
    """Sessions of people who have signed in long before."""
    clients = [as_user(make_user(Role.RESIDENT)) for _person in range(PEOPLE)]
    return [client.session.session_key for client in clients]


@pytest.fixture
def announce(make_lecture: Callable[..., Lecture]) -> Callable[[], Lecture]:
    """A lecture next week by the wall clock, which is the server's."""
    now = local_now()

    def announce() -> Lecture:
        day = local_day(now) + timedelta(days=7)
        return make_lecture(day=day, capacity=SEATS, sign_up_opens_at=now - timedelta(days=1))

    return announce


@pytest.fixture
def portal(transactional_db: None) -> Iterator[Server]:
    with served(PORTAL, connection.settings_dict["NAME"]) as server:
        yield server


@pytest.fixture
def unguarded(transactional_db: None) -> Iterator[Server]:
    with served(UNGUARDED, connection.settings_dict["NAME"]) as server:
        yield server


def click(lecture: Lecture, session: str) -> Visit:
    path = reverse("activities:sign_up", args=[lecture.pk])
    cookies = {"sessionid": session, "csrftoken": SECRET}
    return once(post(path, {"csrfmiddlewaretoken": SECRET}, cookies))


def everybody_clicks(server: Server, lecture: Lecture, crowd: list[str]) -> list[Answer]:
    """Some of them twice, one click right after the other."""
    twice = [session for session in crowd[:DOUBLE_CLICKS] for _click in range(2)]
    visits = [click(lecture, session) for session in [*twice, *crowd[DOUBLE_CLICKS:]]]
    return rush(server.address, visits, at_once=len(visits))


def test_sixty_people_fill_twenty_seats_without_an_error_page(
    portal: Server, announce: Callable[[], Lecture], crowd: list[str]
) -> None:
    lecture = announce()
    answers = everybody_clicks(portal, lecture, crowd)
    assert {answer.status for answer in answers} == {302}
    assert seated_and_waiting(lecture) == (SEATS, PEOPLE - SEATS)
    assert lecture.sign_ups.count() == PEOPLE
    check_seats(lecture)


def test_control_a_server_that_counts_first_overbooks(
    unguarded: Server, announce: Callable[[], Lecture], crowd: list[str]
) -> None:
    with constraint_dropped(Activity, "taken_within_capacity"):
        for _try in range(TRIES):
            lecture = announce()
            everybody_clicks(unguarded, lecture, crowd)
            if seated_and_waiting(lecture)[0] > SEATS:
                return
    pytest.fail(f"{TRIES} rushes without the guard have shown nothing")
