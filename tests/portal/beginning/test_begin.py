"""The first day of a portal: what is asked, and who is asked."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.test import Client

from diedie_edu.accounts.models import SecurityEvent, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.community import known
from diedie_edu.community.forms import CommunityForm
from diedie_edu.community.models import Community
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.beginning import terminal
from diedie_edu.portal.beginning.forms import AdministratorForm
from diedie_edu.portal.beginning.queries import fresh, is_fresh, stages
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.support.community import stored_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FILE = """
[community]
title_zh = "云溪社区"
short_zh = "云溪"
phone = "0757-81110000"
phones = { after-school = "0757-81110001" }
address_zh = "云溪路 1 号"

[administrator]
phone = "13700000001"
display_name = "梅子黄"

[[rooms]]
title_zh = "大教室"
places = 40

[hours]
weekdays = [6, 7]
opens = "08:30"
closes = "17:30"
"""


@pytest.fixture
def begin(tmp_path: Path) -> Callable[..., str]:
    """`begin(text)`: the command with a file of this text; what it says."""

    def run(text: str = FILE) -> str:
        path = tmp_path / "begin.toml"
        path.write_text(text, encoding="utf-8")
        out = StringIO()
        call_command("begin", file=path, stdout=out)
        return out.getvalue()

    return run


# --- The command -----------------------------------------------------------------------


def test_a_file_is_enough_for_a_machine(begin: Callable[..., str]) -> None:
    assert "/begin/" in begin()
    row = known.community()
    assert (row.title_zh, row.phones) == ("云溪社区", {"after-school": "0757-81110001"})
    user = User.objects.get()
    assert (user.phone, user.is_superuser, user.has_usable_password()) == (
        "13700000001",
        True,
        False,
    )
    room = Venue.objects.get(title_zh="大教室")
    assert [(one.weekday, f"{one.opens:%H:%M}") for one in room.opening_hours.all()] == [
        (6, "08:30"),
        (7, "08:30"),
    ]
    assert SecurityEvent.objects.filter(kind="account", about=user.pk).exists()


def test_it_begins_once(begin: Callable[..., str]) -> None:
    begin()
    with pytest.raises(CommandError, match="has begun"):
        begin(FILE.replace("13700000001", "13700000002"))
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('short_zh = "云溪"', 'short_zh = "【云溪】"', "community: short_zh"),
        ('phone = "13700000001"', 'phone = "0757-81110000"', "administrator: phone"),
        ("[administrator]", "[boss]", r"\[boss\]"),
        ("places = 40", "places = 0", "rooms 1: places"),
        ('closes = "17:30"', 'closes = "07:30"', "hours: __all__"),
        ("[community]", "[community", "begin.toml"),
        ('phone = "13700000001"', 'phone = "13700000001"\npassword = "12345"', "password"),
    ],
)
def test_what_cannot_be_kept_is_named_and_nothing_is_kept(
    begin: Callable[..., str], old: str, new: str, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        begin(FILE.replace(old, new))
    assert not User.objects.exists()
    assert not Community.objects.filter(title_zh="云溪社区").exists()
    assert not Venue.objects.filter(title_zh="大教室").exists()


def test_without_a_terminal_it_asks_nobody() -> None:
    with pytest.raises(CommandError, match="--file"):
        call_command("begin")


def test_a_terminal_asks_again_until_it_can_be_kept() -> None:
    """Enter keeps what stands in brackets; a secret is asked for as one."""
    stored_as()
    said: list[str] = []
    answers = {"简称（中文）": ["云", "云溪"], "中文名称": ["云溪社区"]}

    def ask(question: str, _is_secret: bool) -> str:
        said.append(question)
        left = answers.get(question.partition(" [")[0], [])
        return left.pop(0) if left else ""

    told = terminal.asked(terminal.community_asked, ask, said.append)
    assert (told["short_zh"], told["title_zh"]) == ("云溪", "云溪社区")
    assert told["phone"] == known.community().phone
    assert "简称（中文） [叠二社区]: " in said
    assert CommunityForm(terminal._whole(told), instance=Community.objects.get()).is_valid()


def test_the_password_of_a_terminal_is_a_secret_and_no_common_one() -> None:
    questions: list[tuple[str, bool]] = []
    answers = iter(["13700000001", "梅子黄", ""])

    def ask(question: str, is_secret: bool) -> str:
        questions.append((question, is_secret))
        return next(answers)

    terminal.asked(AdministratorForm, ask, lambda _text: None)
    assert [is_secret for _question, is_secret in questions] == [False, False, True]
    weak = AdministratorForm({"phone": "13700000001", "display_name": "梅子黄", "password": "1234"})
    assert "password" in weak.errors


# --- Nobody gets in by it --------------------------------------------------------------


def test_an_empty_portal_says_how_it_begins_and_lets_nobody_in(client: Client) -> None:
    load_plan()
    assert is_fresh()
    page = client.get("/").content.decode()
    assert "python manage.py begin" in page
    assert "/begin/" not in page
    assert client.get("/begin/").status_code == 302  # to sign in
    assert client.post("/begin/rooms/", {"title_zh": "x", "places": 1}).status_code == 302
    assert not Venue.objects.filter(title_zh="x").exists()


def test_as_soon_as_somebody_has_an_account_the_home_page_says_nothing_of_it(
    client: Client, resident_user: User
) -> None:
    known.forget()
    assert list(fresh(AnonymousUser(), NOW)) == []
    assert "manage.py begin" not in client.get("/").content.decode()


def test_the_home_page_of_a_community_that_is_reached_asks_nothing(
    django_assert_num_queries: Callable,
) -> None:
    with django_assert_num_queries(0):
        assert list(fresh(AnonymousUser(), NOW)) == []


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.STAFF, Role.PROGRAMME_LEAD])
def test_nobody_else_begins(
    role: Role, make_user: Callable[..., User], as_user: Callable[[User], Client]
) -> None:
    user = make_user(role, scope="residents-school")
    assert as_user(user).get("/begin/").status_code == 403
    assert stages(user, NOW) == []
