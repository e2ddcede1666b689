"""A part of a page is asked only where a row of it is there, and never missed where one is."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Occasion
from diedie_edu.common import peeks
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import manifests, parts_of
from diedie_edu.common.parts import DeskProblems, rows_of
from diedie_edu.common.peeks import Peek, Peeked, awake
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.demo.loading import load_demo
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BODY = "SELECT prosrc FROM pg_proc WHERE proname = 'common_peeks'"
VERSION = "from diedie_edu.common import peeks; print(peeks._Book.of_today().version)"


class Part(Peeked):
    def __init__(self, *of_it: Peek) -> None:
        self.peeks = of_it


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Part]:
    """A part of a manifest that stands behind all others, and in the database too."""

    def bring(rows: Callable[..., object], **times: Callable[[datetime], date]) -> Part:
        part = Part(Peek(rows, **times))
        book = peeks._Book([*part.peeks], peeks._steps([*part.peeks]))
        monkeypatch.setattr(peeks._Book, "known", [(manifests(), book)])
        peeks.write_function("default")
        return part

    return bring


def test_the_function_in_the_database_is_that_of_the_code():
    with connection.cursor() as cursor:
        cursor.execute(BODY)
        [[body]] = cursor.fetchall()
    assert f"$peeks${body}$peeks$" in peeks.function()


def test_every_process_has_the_same_one():
    """Whatever the order of its sets, and the reader's language: another one is never asked."""
    before = os.environ | {"PYTHONHASHSEED": "7", "DEMO": "true"}
    command = f"import django; django.setup(); {VERSION}"
    told = subprocess.run(
        [sys.executable, "-c", command],
        env=before | {"DJANGO_SETTINGS_MODULE": "diedie_edu.settings"},
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )
    with override("en"):
        book = peeks._Book(peeks._Book.of_today().peeks, peeks._steps(peeks._Book.of_today().peeks))
    assert told.stdout.strip() == book.version


def test_a_page_is_the_same_with_every_part_asked(settings, as_user, monkeypatch):
    """The desk and “my page” of everybody in the demo season: no part slept that shows anything."""
    settings.DEMO = True
    load_plan()
    load_demo(NOW)
    asked = 0
    for user in User.objects.filter(phone__startswith="1380000000"):
        client = as_user(user)
        for address in ("portal:my_page", *(["portal:desk"] if user.may_open_desk else [])):
            page = shown(client, address)
            with monkeypatch.context() as older:
                older.setattr(peeks._Book, "version", "of an older build")
                assert shown(client, address) == page, (user, address)
        asked += len(awake(parts_of(DeskProblems), user, NOW))
    assert asked > 60


def shown(client: Client, address: str) -> str:
    """A page as it is read, without what differs each time, and the blanks of empty panels."""
    page = " ".join(client.get(reverse(address)).text.split())
    return re.sub(r'(value|nonce)="[A-Za-z0-9+/=_-]{20,}"', "", page)


def test_one_row_wakes_a_part(brought, make_lecture, staff_user):
    part = brought(lambda now: Occasion.objects.filter(starts_at__gt=now))
    assert awake([part], staff_user, NOW) == []
    lecture = make_lecture()
    assert awake([part], staff_user, NOW) == [part]
    assert awake([part], staff_user, lecture.occasion.starts_at) == []


def test_each_slot_stands_for_what_it_says(brought, make_lecture, staff_user):
    begins = make_lecture().occasion.starts_at
    part = brought(
        lambda account, today, day, until: Occasion.objects.filter(
            Exists(User.objects.filter(pk=account)),
            starts_at__date__gt=today,
            starts_at__date__lte=day,
            starts_at__lt=until,
        ),
        day=lambda now: local_day(now) + timedelta(days=30),
        until=lambda now: now + timedelta(days=20),
    )
    assert awake([part], staff_user, begins - timedelta(days=19)) == [part]
    assert awake([part], staff_user, begins - timedelta(days=21)) == []
    assert awake([part], staff_user, begins) == []
    assert awake([part], AnonymousUser(), begins - timedelta(days=19)) == []


def test_while_the_database_has_another_one_every_part_is_asked(monkeypatch, staff_user):
    parts = parts_of(DeskProblems)
    assert len(awake(parts, staff_user, NOW)) < len(parts)
    monkeypatch.setattr(peeks._Book, "version", "of an older build")
    assert awake(parts, staff_user, NOW) == list(parts)


def test_what_is_computed_of_a_slot_is_refused(staff_user):
    peek = Peek(lambda now: Occasion.objects.filter(starts_at__lt=now + timedelta(days=1)))
    with pytest.raises(TypeError, match="have become part of the query"):
        peek.wording(1)


def test_a_desk_with_little_to_say_asks_few_questions(as_user, staff_user):
    client = as_user(staff_user)
    client.get(reverse("portal:desk"))
    with CaptureQueriesContext(connection) as asked:
        said = rows_of(DeskProblems, staff_user, NOW)
    assert [problem.url for problem in said] == [reverse("venues:year", args=[2027])]
    assert len(asked) == 2  # whether anything is there, and the calendar
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("portal:desk"))
    assert len(asked) <= 10
