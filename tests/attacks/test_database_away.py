"""While the database restarts, pages say so, the health check says so, and tasks wait."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.celery import app
from diedie_edu.common import last_resort

TASKS = [row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()]
PAGES = ["/", "/me/", "/desk/", "/admin/", "/calendar/", "/m/abc", "/nowhere/", "/needs/"]


@pytest.fixture
def away() -> Callable[[], Any]:
    """Every query fails as it does when the server has ended the connection."""

    def gone(*_args: object, **_options: object) -> Any:
        raise OperationalError("terminating connection due to administrator command")

    return lambda: patch.object(BaseDatabaseWrapper, "cursor", gone)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_pages_say_so(
    page: str, away: Callable[[], Any], as_user: Callable[[User], Client], staff_user: User
) -> None:
    client = as_user(staff_user)
    client.raise_request_exception = page not in {"/nowhere/"}  # outside of every page
    with away():
        answer = client.get(page)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "稍等一下" in answer.text


@pytest.mark.django_db
def test_a_form_says_so_and_nothing_is_half_done(away: Callable[[], Any]) -> None:
    with away():
        sent = {"phone": "13800000001", "password": "x"}
        answer = Client().post(reverse("accounts:sign_in"), sent)
    assert answer.status_code == 503


@pytest.mark.django_db
def test_in_the_language_of_the_reader(away: Callable[[], Any]) -> None:
    with away():
        answer = Client(headers={"accept-language": "en"}).get("/")
    assert "A short break" in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_the_health_check_says_so(away: Callable[[], Any], method: str) -> None:
    with away():
        assert getattr(Client(), method)("/healthz").status_code == 503


@pytest.mark.django_db
def test_without_the_last_resort_it_would_be_an_error(away: Callable[[], Any]) -> None:
    with (
        patch.object(last_resort, "answer_to", return_value=None),
        away(),
        pytest.raises(OperationalError),
    ):
        Client().get("/")


@pytest.fixture
def ended() -> Iterator[None]:
    """The server ends our connection, as it does when it is told to stop."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [number] = cursor.fetchone()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [number])
        yield
    finally:
        other.close()
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("ended")
def test_a_real_connection_that_is_ended_under_a_page() -> None:
    """Between the check of the connection, when the request begins, and the first query."""
    with patch.object(BaseDatabaseWrapper, "close_if_unusable_or_obsolete"):
        assert Client().get("/").status_code == 503
    connection.close()
    assert Client().get("/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", TASKS)
def test_every_task_waits_for_its_next_bell(name: str) -> None:
    app.loader.import_default_modules()
    task = app.tasks[name]
    with (
        patch.object(type(task), "run", side_effect=OperationalError),
        patch("diedie_edu.celery.logger.error") as said,
    ):
        assert task() is None
    assert said.call_args.args[1:] == (name, "OperationalError")
