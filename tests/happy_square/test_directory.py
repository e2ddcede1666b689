"""The directory, and the page of a group."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from diedie_edu.people.models import Resident
from tests.support.counting import queries_of
from tests.support.groups import lead, make_group, make_kind, make_place, meet_up, weekly

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
URL = "/groups/"
SUSPENDED = {"standing": "suspended", "standing_reason": "安全隐患", "standing_until": "2026-12-20"}


@pytest.fixture(autouse=True)
def groups() -> None:
    weekly(make_group(title="榕树舞蹈队", summary="广场舞"))
    weekly(make_group(title="晨光太极队", kind=make_kind("太极")), 6, venue=make_place("河边"))
    make_group(title="停办的队", **SUSPENDED)
    make_group(title="散了的队", standing="ended", standing_reason="成员不足")
    make_group(title="歇着的队", standing="resting", standing_reason="冬天歇一歇")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["榕树舞蹈队", "晨光太极队", "歇着的队"]),
        ("?q=广场", ["榕树舞蹈队"]),
        ("?q=河边", ["晨光太极队"]),
        ("?weekday=6", ["晨光太极队"]),
        ("?children=on", []),
        ("?kind=nonsense", ["榕树舞蹈队", "晨光太极队", "歇着的队"]),
    ],
)
def test_residents_find_what_is_listed_by_kind_day_and_words(
    client: Client, query: str, found: list[str]
) -> None:
    shown = client.get(URL + query).context["groups"]
    assert sorted(group.title for group in shown) == sorted(found)


def test_a_chip_for_each_kind_that_has_a_group(client: Client) -> None:
    make_kind("少儿")
    labels = [row["label"] for row in client.get(URL).context["shortcuts"]]
    assert labels == ["所有类别", "舞蹈", "太极"]


def test_the_number_of_queries_does_not_grow_with_the_groups(client: Client) -> None:
    few = queries_of(client, URL)
    for number in range(3):
        meet_up(group := make_group(), date(2026, 11, 24 + number))
        weekly(group)
    assert queries_of(client, URL) == few


def test_the_page_of_a_group_says_when_where_and_who(
    client: Client, make_resident: Callable[..., Resident]
) -> None:
    group = make_group(title="合唱队", dues="每月10元，买歌谱")
    weekly(group, 3)
    meet_up(group, date(2026, 11, 25))
    lead(group, make_resident(full_name="周领队", phone="13800000001"), shows_phone=True)
    lead(group, make_resident(full_name="吴副队", phone="13800000002"), "deputy")
    text = client.get(f"{URL}{group.pk}/").text
    for words in ("周三", "19:30", "榕树广场", "周领队", "13800000001", "吴副队", "每月10元"):
        assert words in text
    assert "13800000002" not in text


def test_a_group_that_does_not_meet_keeps_its_page_and_the_reason_is_not_for_all(
    client: Client,
) -> None:
    group = make_group(title="乙队", **SUSPENDED)
    text = client.get(f"{URL}{group.pk}/").text
    assert "暂时不要前往" in text
    assert "安全隐患" not in text
