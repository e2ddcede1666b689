"""The community's facts: one row, read by every page and message, changed by few."""

from collections.abc import Callable
from datetime import time
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from after_school.messages import PHONES
from diedie_edu.accounts.models import SecurityEvent, User
from diedie_edu.accounts.permissions import Permission, Role
from diedie_edu.community import actions, known
from diedie_edu.community.forms import CommunityForm
from diedie_edu.community.models import Community
from diedie_edu.files.models import StoredFile
from diedie_edu.notices.kinds import numbers_to_ring, signed
from diedie_edu.portal.trail.queries import in_words
from tests.conftest import NOW
from tests.support.community import facts, stored_as
from tests.support.hostile_files import acting, drawn

pytestmark = pytest.mark.django_db
PAGE = "/desk/community/"


@pytest.fixture
def row() -> Community:
    return stored_as()


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.BRANCH_LEAD)


@pytest.fixture
def browser(lead: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(lead)


def shown(browser: Client) -> dict[str, object]:
    """The form as the page has it, ready to be sent."""
    form: CommunityForm = browser.get(PAGE).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, "")}


def sent(browser: Client, **other: object) -> Community:
    answer = browser.post(PAGE, shown(browser) | other)
    assert answer.status_code == 302, answer.context["form"].errors
    return Community.objects.get()


# --- One row ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("guard", "other"),
    [
        ("there_is_one_community", {"id": 2}),
        ("the_community_has_a_name", {"title_zh": ""}),
        ("the_community_has_a_name", {"short_zh": ""}),
        ("community_palette_is_known", {"palette": "neon"}),
    ],
)
def test_the_database_holds_what_a_community_is(guard: str, other: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=guard), transaction.atomic():
        Community.objects.create(**(facts() | other))


def test_without_a_row_the_house_has_a_name_all_the_same() -> None:
    known.forget()
    assert known.community().portal == "社区学堂"
    with override("en"):
        assert known.community().portal == "Community Learning"
    assert signed("您好") == "【社区】您好"


# --- Read once -------------------------------------------------------------------------


def test_it_is_read_once_in_five_seconds(
    row: Community, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    seconds = [100.0]
    monkeypatch.setattr(known, "KEPT_SECONDS", 5.0)
    monkeypatch.setattr(known, "monotonic", lambda: seconds[0])
    known.forget()

    def reads() -> int:
        with CaptureQueriesContext(connection) as asked:
            known.community()
        return len(asked)

    assert [reads(), reads()] == [1, 0]
    Community.objects.update(phone="0757-81110000")  # by another process
    seconds[0] = 104.9
    assert (reads(), known.community().phone) == (0, row.phone)
    seconds[0] = 105.0
    assert (reads(), known.community().phone) == (1, "0757-81110000")


def test_a_page_about_a_fault_asks_no_database(row: Community) -> None:
    known.forget()
    with CaptureQueriesContext(connection) as asked:
        assert known.last_known().title == "社区"
        known.remember(row)
        assert known.last_known().title == row.title
    assert len(asked) == 0


@pytest.mark.django_db(transaction=True)
def test_what_was_read_before_the_change_is_certain_is_forgotten_with_it() -> None:
    row = stored_as()
    with transaction.atomic():
        row.phone = "0757-81110000"
        actions.keep(community=row, by=None, now=NOW)
        other = Thread(target=_read_elsewhere)
        other.start()
        other.join()
        assert known.last_known().phone == facts()["phone"]
    assert known.community().phone == "0757-81110000"


def _read_elsewhere() -> None:
    known.community()
    connection.close()


# --- On pages and in messages ----------------------------------------------------------


def test_a_change_stands_on_the_next_page_and_in_the_next_message(
    row: Community, browser: Client, client: Client
) -> None:
    other = {"title_zh": "云溪社区", "short_zh": "云溪", "address_zh": "云溪路 1 号"}
    sent(browser, phone="0757 8111 0000", hours_zh="工作日", **other)
    page = client.get("/").content.decode()
    assert all(word in page for word in ("云溪社区学堂", "0757-81110000", "工作日"))
    assert "叠二" not in page
    assert signed("您好") == "【云溪】您好"


def test_numbers_of_the_programmes_are_asked_for_and_rung(row: Community, browser: Client) -> None:
    found = sent(
        browser, **{"number_after-school": "0757-81110001", "number_after-school-lead": ""}
    )
    assert found.phones == {"after-school": "0757-81110001"}
    assert numbers_to_ring(PHONES) == [("四点半学校", "0757-81110001"), ("社区", found.phone)]


def test_the_quiet_hours_are_those_of_the_row(row: Community, browser: Client) -> None:
    found = sent(browser, quiet_from="22:30", quiet_until="07:00")
    assert (found.quiet_from, found.quiet_until) == (time(22, 30), time(7))
    assert known.community().quiet_from == time(22, 30)


def test_the_colour_that_leads_is_on_each_page(
    row: Community, browser: Client, client: Client
) -> None:
    assert "palettes.css" not in client.get("/").content.decode()
    sent(browser, palette="river")
    page = client.get("/").content.decode()
    assert 'data-palette="river"' in page
    assert "palettes.css" in page


@pytest.mark.parametrize("short", ["云", "【云溪】", "云溪社区居民教育学习中心总部"])
def test_a_signature_that_no_provider_takes_is_refused(
    row: Community, browser: Client, short: str
) -> None:
    answer = browser.post(PAGE, shown(browser) | {"short_zh": short})
    assert "short_zh" in answer.context["form"].errors
    assert Community.objects.get().short_zh == row.short_zh


# --- The logo --------------------------------------------------------------------------


def upload(data: bytes, name: str = "mark.png") -> object:
    return SimpleUploadedFile(name, data)


def test_a_logo_is_written_anew_and_stands_on_the_pages(
    row: Community, browser: Client, client: Client
) -> None:
    found = sent(browser, new_logo=upload(drawn("PNG", (800, 400))))
    address = reverse("files:file", args=[found.logo.key])
    assert f'src="{address}"' in client.get("/").content.decode()
    shown_to_visitors = client.get(address)
    assert shown_to_visitors["Content-Type"] == "image/png"
    assert shown_to_visitors["Content-Disposition"].startswith("inline")
    with_another = sent(browser, new_logo=upload(drawn("JPEG")))
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [with_another.logo_id]
    assert client.get(address).status_code == 404


def test_without_a_logo_the_portals_own_is_back(
    row: Community, browser: Client, client: Client
) -> None:
    sent(browser, new_logo=upload(drawn("PNG")))
    assert sent(browser, no_logo="on").logo is None
    assert "img/logo.svg" in client.get("/").content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("data", [b"no picture", acting(b"/S /JavaScript")])
def test_what_is_no_picture_is_no_logo(row: Community, browser: Client, data: bytes) -> None:
    answer = browser.post(PAGE, shown(browser) | {"new_logo": upload(data)})
    assert "new_logo" in answer.context["form"].errors
    assert not StoredFile.objects.exists()


# --- Who may, and what is written down -------------------------------------------------


def test_the_branch_keeps_them_and_no_staff(make_user: Callable[..., User]) -> None:
    able = [role for role in Role if role not in (Role.PROGRAMME_LEAD, Role.COMMITTEE_READER)]
    found = [role for role in able if make_user(role).may(Permission.KEEP_COMMUNITY)]
    assert found == [Role.BRANCH_LEAD]


def test_the_trail_says_which_facts_changed_and_not_what_they_were(
    row: Community, browser: Client, lead: User
) -> None:
    sent(browser, phone="0757-81110000", hours_zh="工作日")
    event = SecurityEvent.objects.get(kind="community")
    assert (event.account, event.what) == (lead.pk, "phone hours_zh")
    assert in_words(event) == "社区电话, 办公时间（中文）"


def test_nothing_changed_leaves_no_trace(row: Community, browser: Client) -> None:
    sent(browser)
    assert not SecurityEvent.objects.filter(kind="community").exists()


def test_an_old_page_undoes_nothing(row: Community, browser: Client) -> None:
    old = shown(browser) | {"hours_zh": "工作日"}
    sent(browser, phone="0757-81110000", hours_zh="每天")
    answer = browser.post(PAGE, old)
    assert "每天" in answer.content.decode()
    assert Community.objects.get().hours_zh == "每天"
