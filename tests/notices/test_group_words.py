"""What staff's group chats hear: nothing that says who somebody is, and no page without sign-in."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext

from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.actions import notify
from diedie_edu.notices.groups import ALERTS, FACTS, TRIAL, Group, facts_for_all
from diedie_edu.notices.kinds import Kind, render
from diedie_edu.notices.models import Chat, Notice
from tests.notices.conftest import FACTS as EVERYTHING
from tests.support.robots import make_robot

SAID = {kind.code: kind for kind in parts_of(Kind) if kind.group}
of_all = pytest.mark.parametrize("code", sorted(SAID))
# Who somebody is, where they can be reached, and what was said of them in words of their own.
NEVER = {
    *("name", "who", "by", "person", "guardian", "whom", "proxy", "said_zh", "said_en", "reason"),
    *("words", "text", "child", "phone", "address", "sign_up", "note", "account", "performer"),
}


def group_of(code: str) -> Group:
    found = SAID[code].group
    assert found is not None
    return found


def names_in(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_what_everybody_may_read_names_nobody() -> None:
    assert not FACTS & NEVER
    assert set(facts_for_all(EVERYTHING)) == FACTS & EVERYTHING.keys()
    assert "小满" not in str(facts_for_all(EVERYTHING))


@of_all
def test_words_and_link_name_nothing_else(code: str) -> None:
    group, stems = group_of(code), {name.removesuffix("_zh").removesuffix("_en") for name in FACTS}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert names_in(gettext(str(group.words))) <= stems
    assert names_in(group.link) <= FACTS
    assert "_token" not in group.link
    assert group.alert in (*ALERTS, TRIAL)


@of_all
@pytest.mark.django_db
def test_it_reads_without_a_gap_and_its_page_asks_to_sign_in(
    code: str, now: datetime, client: Client
) -> None:
    robot = make_robot(Chat.WECOM, now)
    data = facts_for_all(EVERYTHING)
    for language in ("zh-hans", "en"):
        text = render(Notice(kind=code, robot=robot, data=data, created_at=now), language)
        assert "{" not in text.title + text.path
        assert "  " not in text.title
    resolve(text.path)
    if not text.path.startswith(("/activities/", "/groups/")):  # what everybody may read
        assert client.get(text.path).url.startswith("/sign-in/")


@pytest.mark.django_db
def test_a_kind_without_words_for_chats_is_never_said_there(now: datetime) -> None:
    """Whatever a robot is set to say."""
    make_robot(Chat.WECOM, now, alerts=[alert.code for alert in (*ALERTS, TRIAL)])
    for kind in parts_of(Kind):
        notify(kind=kind, subject="x:1", data=EVERYTHING, now=now)
    assert set(Notice.objects.filter(channel="robot").values_list("kind", flat=True)) == {*SAID}
    assert len(SAID) >= 15


@pytest.mark.django_db
def test_what_is_kept_for_a_chat_names_nobody(now: datetime) -> None:
    make_robot(Chat.WECOM, now, alerts=[alert.code for alert in ALERTS])
    for kind in SAID.values():
        notify(kind=kind, subject="x:1", data=EVERYTHING, now=now)
    for row in Notice.objects.filter(channel="robot"):
        assert set(row.data) <= FACTS
        assert not NEVER & set(row.data)
