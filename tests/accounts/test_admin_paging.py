"""Lists of the admin site count no further than the pages that they turn."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from diedie_edu.accounts import admin_paging
from diedie_edu.accounts.models import User
from diedie_edu.people.models import Organisation, Resident

pytestmark = pytest.mark.usefixtures("clock")
LIST = "/admin/people/resident/"


@pytest.fixture
def staff(staff_user: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(staff_user)


@pytest.fixture
def three_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin_paging, "MOST", 3)
    monkeypatch.setattr("diedie_edu.people.admin.ResidentAdmin.list_per_page", 2)


@pytest.mark.usefixtures("three_at_most")
def test_a_long_list_turns_its_first_pages(
    staff: Client, make_resident: Callable[..., Resident]
) -> None:
    for name in "甲乙丙丁":
        make_resident(full_name=f"冼{name}")
    page = staff.get(LIST, {"p": 2})
    assert "最前面的 3 条" in page.text
    assert len(page.context["cl"].result_list) == 1
    assert "找到 3 条以上" in staff.get(LIST, {"q": "冼"}).text


@pytest.mark.usefixtures("three_at_most")
def test_a_short_list_says_how_many(staff: Client, make_resident: Callable[..., Resident]) -> None:
    for name in "甲乙":
        make_resident(full_name=f"冼{name}")
    page = staff.get(LIST, {"q": "冼"}).text
    assert "2 居民" in " ".join(page.split())
    assert "最前面的" not in page


@pytest.mark.usefixtures("three_at_most")
@pytest.mark.parametrize("word", ["1", "on", "True"])
def test_nothing_is_done_to_more_than_the_pages_show(staff: Client, word: str) -> None:
    """However the browser says that all of them are meant."""
    Organisation.objects.bulk_create(
        Organisation(title=f"冼氏书院{n}", kind="school") for n in range(4)
    )
    sent = {"action": "delete_selected", "_selected_action": [1], "select_across": word}
    answer = staff.post("/admin/people/organisation/", sent, follow=True)
    assert "一次选得太多" in answer.text
    assert Organisation.objects.count() == 4


def test_no_list_counts_a_whole_table(staff: Client) -> None:
    for path in (LIST, "/admin/activities/signup/", "/admin/notices/notice/"):
        with CaptureQueriesContext(connection) as asked:
            assert staff.get(path).status_code == 200
        counts = [row["sql"] for row in asked if "COUNT(" in row["sql"]]
        assert counts
        assert all("LIMIT 1001" in sql for sql in counts)
        assert not [row["sql"] for row in asked if "SELECT DISTINCT" in row["sql"]]
