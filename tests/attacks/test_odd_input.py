"""Whatever somebody types is answered: never with an error of the server, and seldom by the last
resort, which has no page of its own."""

import logging
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.contrib import admin, messages
from django.db import DataError, IntegrityError, connection
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common import last_resort
from diedie_edu.common.errors import Refused
from diedie_edu.people.models import Clearance, Volunteer
from diedie_edu.portal.base_data import load_plan
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.access_rows import rows
from tests.support.access_things import Things, make_things
from tests.support.odd import (
    ODD_QUERIES,
    SEED,
    Watched,
    addresses,
    asked_of_lists,
    oddly_filled,
    own_forms,
)
from tests.support.sent_forms import forms_on
from tests.support.two_browsers import text_of, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def superuser(make_user: Callable[..., User]) -> User:
    return make_user(is_superuser=True)


@pytest.fixture
def desk(as_user: Callable[[User], Client], superuser: User) -> Watched:
    return Watched(as_user(superuser))


@pytest.fixture
def things(
    make_lecture: Callable[..., Lecture],
    make_user: Callable[..., User],
    stranger: User,
    superuser: User,
) -> Things:
    load_plan()
    return make_things(make_lecture, stranger, [superuser, make_user(Role.BRANCH_LEAD)])


@pytest.fixture
def last_words(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What the last resort had to answer."""
    caplog.set_level(logging.ERROR, last_resort.__name__)
    return lambda: [row.getMessage() for row in caplog.records if row.name == last_resort.__name__]


# --- Walks -----------------------------------------------------------------------------


def test_odd_addresses(desk: Watched, last_words: Callable[[], list[str]]) -> None:
    visitor, random = Watched(Client()), Random(SEED)
    paths = [path for path in addresses() if "sign-out" not in path]
    for number, path in enumerate(random.sample(paths, 400)):
        (visitor if number % 4 == 0 else desk).ask("get", path)
    assert desk.failed + visitor.failed == []
    assert last_words() == []


def test_odd_queries_and_forms_of_pages(
    desk: Watched,
    things: Things,
    as_user: Callable[[User], Client],
    superuser: User,
    last_words: Callable[[], list[str]],
) -> None:
    random = Random(SEED)
    pages = {name: things.path(name, "", superuser) for name, which, _all in rows() if not which}
    for name in random.sample(sorted(pages), 300):
        desk.client.cookies = as_user(superuser).cookies  # whatever page has signed out before
        page = desk.ask("get", f"{pages[name]}?{random.choice(ODD_QUERIES)}")
        for form in own_forms(text_of(page), pages[name])[:2]:
            with undone():
                desk.ask("post", form.action, oddly_filled(form, random))
    assert desk.failed == []
    assert last_words() == []
    assert 300 < desk.number < 600


def test_odd_lists_of_the_admin_site(desk: Watched, last_words: Callable[[], list[str]]) -> None:
    asked = [row for pages in admin.site._registry.values() for row in asked_of_lists(pages)]
    for method, path, *data in Random(SEED).sample(asked, 450):
        desk.ask(method, path, *data)
    assert desk.failed == []
    assert last_words() == []


# --- What was an error once ------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/certificates/%00/", 400),
        ("/certificates/a/b/", 404),
        ("/?q=%00", 400),
        ("/m/%00", 400),
        ("/calendar/week/999999999999/1/1/", 404),
        ("/desk/office/board/99999/", 404),
    ],
)
def test_addresses(path: str, status: int) -> None:
    assert Client().get(path).status_code in {status, 302 if "/desk/" in path else status}


def test_a_number_of_a_certificate_with_a_slash_is_looked_up() -> None:
    page = Client().post(reverse("portal:check"), {"number": "ddx/2026/1"}, follow=True)
    assert page.status_code == 404
    assert page.redirect_chain[0][0].endswith("/certificates/DDX20261/")


@pytest.mark.parametrize("typed", ["甲", "——", "。"])
def test_a_number_of_which_nothing_is_left_is_asked_for_again(typed: str) -> None:
    page = Client().post(reverse("portal:check"), {"number": typed})
    assert page.status_code == 200
    assert page.context["form"].errors


@pytest.mark.parametrize("sent", ["abc", "portal:home", "//evil.example", "https:/x", "http://["])
def test_a_next_page_that_is_none_leads_to_the_usual_one(sent: str) -> None:
    answer = Client().post(reverse("portal:view_mode"), {"next": sent, "mode": "elder"})
    assert (answer.status_code, answer.url) == (302, "/")
    assert Client().get(reverse("accounts:sign_in"), {"next": sent}).status_code == 200


def test_a_page_that_is_left_for_signing_in_may_be_named_oddly() -> None:
    answer = Client(headers={"referer": "http://["}).post(reverse("portal:people"))
    assert answer.status_code == 302


@pytest.mark.parametrize("kept", ["sessionid", "needs", "view", "messages"])
def test_a_cookie_may_hold_anything(kept: str) -> None:
    client = Client()
    client.cookies.load(f'{kept}="\\000abcdefgh"')
    assert client.get("/").status_code == 400


def test_nul_in_a_form_is_turned_away(desk: Watched) -> None:
    answer = desk.ask("post", reverse("portal:people"), {"words": "a\0b"})
    assert answer.status_code == 400
    assert "什么都没有改动" in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "FOO"])
def test_other_methods_are_none_of_ours(method: str) -> None:
    answer = Client().generic(method, "/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize(
    "content_type", ["", "x", "application/json", "multipart/form-data", "text/plain; charset=x"]
)
def test_odd_content_types(desk: Watched, content_type: str) -> None:
    answer = desk.ask("generic", "POST", "/certificates/", b"\xff\0{", content_type)
    assert answer.status_code in {200, 400}
    assert desk.failed == []


@pytest.mark.parametrize("path", ["/", "/healthz", "/certificates/", "/calendar/", "/needs/"])
def test_head_is_answered_as_get(path: str) -> None:
    head, page = Client().head(path), Client().get(path)
    assert (head.status_code, head.content) == (page.status_code, b"")


def test_no_page_turns_head_away() -> None:
    paths = [Path(app.path) for app in apps.get_app_configs()]
    folders = [path for path in paths if ".venv" not in path.parts]
    texts = {path: path.read_text() for folder in folders for path in folder.rglob("*.py")}
    assert [path for path, text in texts.items() if "require_GET" in text] == []
    assert sum("require_safe" in text for text in texts.values()) > 50


def test_letters_in_a_field_that_looks_rows_up_are_shown_again(desk: Watched) -> None:
    answer = desk.ask("post", "/admin/people/resident/add/", {"household": "abc"})
    assert answer.status_code == 200
    assert desk.failed == []


# --- The database alone says no --------------------------------------------------------


@pytest.fixture
def clearance(superuser: User) -> Clearance:
    volunteer = Volunteer.objects.create(resident=superuser.resident, kinds=["community"])
    return Clearance.objects.create(
        volunteer=volunteer,
        result="clear",
        checked_on=NOW.date(),
        valid_until=NOW.date().replace(year=2027),
        checked_by=superuser,
    )


def test_a_clearance_that_ends_before_its_check_is_shown_with_why(
    desk: Watched, clearance: Clearance
) -> None:
    page = f"/admin/people/clearance/{clearance.pk}/change/"
    [form, *_others] = [
        row for row in forms_on(desk.ask("get", page).text, page) if "valid_until" in row.controls
    ]
    answer = desk.ask("post", page, form.typing({"valid_until": ["2026-01-01"]}).data())
    assert answer.status_code == 200
    assert "查询日期" in answer.text
    assert 'value="2026-01-01"' in answer.text
    assert "成功" not in answer.text
    assert Clearance.objects.get().valid_until.year == 2027
    assert desk.failed == []


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (IntegrityError("x"), 409),
        (Refused("x", "名额已满"), 409),
        (DataError("x"), 400),
        (OverflowError("x"), 400),
    ],
)
def test_what_no_page_foresaw_is_answered_in_words(error: Exception, status: int) -> None:
    with patch("diedie_edu.portal.views.render", side_effect=error):
        answer = Client().get("/")
    assert answer.status_code == status
    assert ("名额已满" in answer.text) is isinstance(error, Refused)


def test_without_the_last_resort_it_would_be_an_error() -> None:
    with (
        patch.object(last_resort, "answer_to", return_value=None),
        patch("diedie_edu.portal.views.render", side_effect=DataError),
        pytest.raises(DataError),
    ):
        Client().get("/")


def test_without_the_last_resort_nul_reaches_the_database(
    as_user: Callable[[User], Client], make_user: Callable[..., User]
) -> None:
    branch_lead = as_user(make_user(Role.BRANCH_LEAD))
    with (
        patch.object(last_resort, "_holds_nul", return_value=False),
        pytest.raises(ValueError, match="NUL"),
        undone(),
    ):
        branch_lead.get("/admin/notices/notice/?kind__exact=%00")
    assert connection.is_usable()


def test_what_was_said_of_it_is_taken_back(desk: Watched) -> None:
    def view(request: Any, *_args: Any, **_options: Any) -> None:
        messages.success(request, "已经保存")
        raise IntegrityError

    with patch("diedie_edu.portal.views.render", side_effect=view):
        assert desk.ask("get", "/").status_code == 409
    assert "已经保存" not in desk.ask("get", "/").text
