"""No row of the database is in a log, whoever writes it: web, worker or command."""

import io
import logging
import subprocess
import sys

import pytest
from celery.app.trace import build_tracer
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.log import log_response

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.celery import app
from diedie_edu.common.logs import Line

pytestmark = pytest.mark.django_db
CANARY, WORD = "13912345678", "金丝雀"


@pytest.fixture
def lines():
    """What the portal's own handler writes."""
    kept = settings.LOGGING["formatters"]["line"]
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(Line(kept["fmt"], style=kept["style"]))
    logging.getLogger().addHandler(handler)
    yield handler.stream
    logging.getLogger().removeHandler(handler)


def fall():
    """A row that the database refuses, and tells of."""
    with transaction.atomic():
        User.objects.bulk_create(User(phone=CANARY, display_name=WORD) for _ in "12")


def fallen() -> DatabaseError:
    with pytest.raises(DatabaseError) as caught:
        fall()
    return caught.value


def test_the_database_would_tell():
    assert CANARY in str(fallen())


@pytest.mark.parametrize("way", ["%s", "%r"])
def test_an_error_is_told_by_its_name(lines, way):
    error = fallen()
    try:
        raise RuntimeError("no more") from error
    except RuntimeError as told:
        logging.getLogger("any").exception(f"It broke: {way}", error)
        logging.getLogger("any").error("It broke: " + str(error))
        logging.getLogger("any").error("%(exc)s", {"exc": told.__cause__})
    text = lines.getvalue()
    assert CANARY not in text
    assert WORD not in text
    assert "IntegrityError 23505 account_phone_once" in text
    assert "RuntimeError: no more" in text


def test_values_that_do_not_fit_are_not_told(lines):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT %s::integer", [WORD])
    except DatabaseError:
        logging.getLogger("any").exception("It broke")
    assert WORD not in lines.getvalue()
    assert "22P02" in lines.getvalue()


def test_of_a_page(lines, client, monkeypatch):
    monkeypatch.setattr("django.contrib.auth.get_user", lambda _request: fall())
    client.raise_request_exception = False
    assert client.get(reverse("portal:my_page")).status_code == 409
    assert CANARY not in lines.getvalue()
    assert "IntegrityError" in lines.getvalue()


@pytest.mark.django_db(transaction=True)  # a task lets go of a connection with work begun
def test_of_a_task(lines):
    task = app.task(name="tests.falls")(fall)
    build_tracer(task.name, task, app=app, eager=True, propagate=False)("1", (), {}, {})
    assert CANARY not in lines.getvalue()
    assert "23505" in lines.getvalue()


def test_of_a_command():
    """What ends a process is told by the same rule; psycopg2's own error stands for any other."""
    script = (
        "import django; django.setup()\n"
        "from django.db import IntegrityError\n"
        f"raise IntegrityError('duplicate key\\nDETAIL:  Key (phone)=({CANARY})')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 1
    assert "IntegrityError" in done.stderr
    assert CANARY not in done.stderr


def test_a_refused_page_is_one_line_with_the_account(lines, as_user, make_user):
    user = make_user(Role.RESIDENT)
    browser, said_before = as_user(user), lines.tell()
    browser.get(reverse("portal:desk"))
    [line] = lines.getvalue()[said_before:].splitlines()
    assert f" {user.pk} Forbidden" in line


def test_whoever_is_not_signed_in_has_no_number(lines):
    Client().get("/no-such-page/")
    [line] = lines.getvalue().splitlines()
    assert " - Not Found" in line


def test_a_fault_keeps_its_traceback(lines, rf):
    try:
        raise ValueError("what broke")
    except ValueError as error:
        answer = type("Answer", (), {"status_code": 500, "_has_been_logged": False})()
        log_response("%s", "Internal", response=answer, request=rf.get("/"), exception=error)
    assert "Traceback" in lines.getvalue()
    assert "what broke" in lines.getvalue()
