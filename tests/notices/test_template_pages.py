"""The page of all templates."""

from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Provider
from diedie_edu.notices.queries.templates import all_filed
from tests.support.approving import approve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SEATED = "activities.seated.zh-hans"
PAGE = "/messages/templates/"


@pytest.fixture
def client_of_staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def test_the_page_shows_what_differs_word_by_word(client_of_staff: Client) -> None:
    approve(SEATED, provider=Provider.ALIBABA, text="报名成功：${title} ${key}")
    page = client_of_staff.get(f"{PAGE}?provider=alibaba&state=differs").content.decode()
    assert page.count('class="panel text-message"') == 1
    assert "<ins>${starts_at}" in page or "${starts_at}" in page.partition("<ins>")[2]
    assert "与通过的不一致" in page


def test_the_page_finds_by_state_language_and_words(client_of_staff: Client) -> None:
    approve(SEATED, provider=Provider.TENCENT, code="4711")

    def names(query: str) -> list[str]:
        page = client_of_staff.get(PAGE + query).context["page"]
        return [one.name for one in page.paginator.object_list]

    assert names("?provider=tencent&state=approved") == [SEATED]
    assert names("?provider=tencent&q=4711") == [SEATED]
    assert names("?provider=alibaba&q=4711") == []
    assert all(name.endswith(".en") for name in names("?language=en"))
    assert len(names("")) == len(all_filed(Provider.ALIBABA))
    assert names("?provider=pigeon") == names("")
