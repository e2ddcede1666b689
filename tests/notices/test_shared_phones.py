"""Mother and daughter on one number: each text says whom it is for, and so does its page."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import translation

from diedie_edu.activities.messages import OFFERED, SEATED
from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind, signed
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.notices.named import named
from diedie_edu.notices.outbox.calls import deliver_by
from diedie_edu.notices.text_messages import key_of, segments
from diedie_edu.people.models import Household, Resident
from tests.chaos.gateway import Gateway
from tests.notices.conftest import FACTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PHONE = "13811112222"


@pytest.fixture
def tell(gateway: Gateway, now: datetime) -> Callable[..., list[str]]:
    def tell(*people: Resident) -> list[str]:
        ids = [person.pk for person in people]
        notify(kind=SEATED, recipients=ids, subject="activity:7", data=FACTS, now=now)
        deliver_by(Channel.SMS, float("inf"))
        assert {message["phone"] for message in gateway.messages} == {PHONE}
        return sorted(message["text"].split("：")[0] for message in gateway.messages)

    return tell


def test_two_on_one_number_get_two_texts_that_name_them(
    tell: Callable, make_resident: Callable[..., Resident]
) -> None:
    people = [make_resident(full_name=name, phone=PHONE) for name in ("王大娘", "王小美")]
    assert tell(*people) == ["【叠二社区】请转王大娘", "【叠二社区】请转王小美"]


@pytest.mark.parametrize("where", ["household", "guardian"])
def test_whoever_hears_by_anothers_phone_is_named(
    tell: Callable, make_resident: Callable[..., Resident], where: str
) -> None:
    child = make_resident(full_name="王小美")
    if where == "household":
        child.household = Household.objects.create(label="1-1", phone=PHONE)
        child.save()
    else:
        child.guardians.create(guardian=make_resident(phone=PHONE), relation="mother")
    assert tell(child) == ["【叠二社区】请转王小美"]


def test_on_ones_own_phone_nobody_is_named(tell: Callable, make_resident: Callable) -> None:
    assert "请转" not in tell(make_resident(full_name="王小美", phone=PHONE))[0]


def test_the_page_behind_the_link_names_them_too(
    client: Client, make_resident: Callable[..., Resident], now: datetime
) -> None:
    people = [make_resident(full_name=name, phone=PHONE) for name in ("王大娘", "王小美")]
    notify(kind=OFFERED, recipients=[people[1].pk], subject="activity:7", data=FACTS, now=now)
    notice = Notice.objects.get(channel=Channel.SMS)
    client.get(f"/m/{key_of(notice.reference)}")
    assert "这条消息是给王小美的" in client.get("/").text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_named_text_costs_no_more_than_two(language: str) -> None:
    with translation.override(language):
        kinds = [named(kind) for kind in parts_of(Kind)]
        found = [kind for kind in kinds if kind.code.endswith(".named")]
        texts = {kind.code: signed(kind.wording().format_map(kind.longest())) for kind in found}
    assert [code for code, text in texts.items() if segments(text) > 2] == []
    assert len(found) > 0.9 * len(kinds)
