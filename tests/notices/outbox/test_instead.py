"""The text message only where the same did not go by WeChat; never later for it than its time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from diedie_edu.activities.messages import SEATED
from diedie_edu.common.manifests import parts_by
from diedie_edu.notices import actions
from diedie_edu.notices.actions import instead
from diedie_edu.notices.actions import wechat as ties
from diedie_edu.notices.actions.receipts import take_in
from diedie_edu.notices.channels.outcome import Report
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Attempt, Channel, Notice, Reason, Status, WeChatTie
from diedie_edu.notices.outbox import steps
from diedie_edu.notices.outbox.upkeep import reap
from diedie_edu.notices.queries import calls as call_list
from diedie_edu.people.models import Guardianship, Resident
from tests.chaos.gateway import Gateway
from tests.notices.conftest import FACTS
from tests.support.approving import TEMPLATE
from tests.support.by_wechat import OPENID, bell, claimed, states, tell
from tests.support.wechat_server import WeChat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SECONDS = timedelta(seconds=1)
by_both = pytest.mark.usefixtures("gateway")


# --- Who has one -----------------------------------------------------------------------


def test_it_goes_by_wechat_and_no_text_goes(
    person: Resident, wechat: WeChat, gateway: Gateway, now: datetime
) -> None:
    tell(person, now)
    bell()
    bell()
    assert states() == {"wechat": "sent", "sms": "suppressed"}
    assert gateway.messages == []
    (message,) = wechat.messages
    assert (message["touser"], message["template_id"]) == (OPENID, TEMPLATE)
    assert message["data"]["thing2"] == {"value": "春季养生"}
    text, sent = (Notice.objects.get(channel=name) for name in ("sms", "wechat"))
    assert message["url"].endswith(actions_key(sent))
    assert text.told_with == sent
    assert list(call_list.to_call({""}, now)) == []


def actions_key(notice: Notice) -> str:
    from diedie_edu.notices.text_messages import key_of

    return f"/m/{key_of(notice.reference)}"


def test_an_account_has_it_too(person: Resident, wechat: WeChat, now: datetime) -> None:
    told = {"kind": SEATED, "subject": "activity:7", "data": FACTS, "now": now}
    actions.notify(accounts=[person.account_id], **told)
    bell()
    assert [one["touser"] for one in wechat.messages] == [OPENID]


@pytest.mark.parametrize("lacks", ["tie", "follows", "template", "text"])
def test_without_all_of_it_nothing_is_planned(person: Resident, now: datetime, lacks: str) -> None:
    channels = None
    if lacks == "tie":
        ties.end_own(account=person.account, now=now)
        Notice.objects.all().delete()
    elif lacks == "follows":
        ties.note_follows(openid=OPENID, follows="no")
    elif lacks == "template":
        from diedie_edu.notices.models import ApprovedTemplate

        ApprovedTemplate.objects.all().delete()
    else:
        channels = [Channel.INBOX, Channel.EMAIL]
    tell(person, now, channels=channels)
    assert "wechat" not in states()


def test_a_child_has_none(
    person: Resident, make_resident: Callable[..., Resident], gateway: Gateway, now: datetime
) -> None:
    """A guardian's WeChat is the guardian's; the text goes to their phone as ever."""
    child = make_resident(phone="")
    Guardianship.objects.create(guardian=person, child=child, relation="mother")
    tell(child, now)
    bell()
    assert states() == {"sms": "sent"}


def test_who_ends_it_before_the_start_gets_none(
    person: Resident, wechat: WeChat, gateway: Gateway, now: datetime
) -> None:
    tell(person, now)
    ties.end_own(account=person.account, now=now)
    bell()
    assert states()["wechat"] == Status.SUPPRESSED
    assert (wechat.messages, len(gateway.messages)) == ([], 2)


def test_an_account_turned_off_sends_texts(
    person: Resident, gateway: Gateway, settings: Settings, now: datetime
) -> None:
    settings.WECHAT_APP_ID = ""
    tell(person, now)
    bell()
    assert states() == {"wechat": "suppressed", "sms": "sent"}


# --- Where it did not go ---------------------------------------------------------------


@by_both
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (43004, Status.SUPPRESSED),
        (43101, Status.SUPPRESSED),
        (40003, Status.FAILED),
        (40037, Status.FAILED),
        (48001, Status.FAILED),
        ("babble", Status.UNKNOWN),
        ("cut", Status.UNKNOWN),
        (45009, Status.QUEUED),
    ],
)
def test_the_text_goes_with_the_same_bell(
    person: Resident, wechat: WeChat, now: datetime, answer: object, state: Status
) -> None:
    wechat.answers[OPENID] = answer
    tell(person, now)
    bell()
    assert states() == {"wechat": state, "sms": "sent"}


def test_what_was_said_of_the_reader_is_learned(
    person: Resident, wechat: WeChat, gateway: Gateway, now: datetime
) -> None:
    def told(answer: object) -> WeChatTie:
        Notice.objects.all().delete()
        wechat.answers[OPENID] = answer
        tell(person, now)
        bell()
        return WeChatTie.objects.get()

    assert told(43101).refused_at is not None
    assert (told(0).follows, WeChatTie.objects.get().refused_at) == ("yes", None)
    assert told(43004).follows == "no"
    ties.note_follows(openid=OPENID, follows="yes")
    assert (told(40003).why, WeChatTie.objects.get().openid) == ("gone", "")


def test_a_template_that_does_not_fit_lets_the_text_go(
    person: Resident, gateway: Gateway, now: datetime
) -> None:
    from diedie_edu.notices.models import ApprovedTemplate

    ApprovedTemplate.objects.update(text="time1=${title}")
    tell(person, now)
    bell()
    assert states() == {"wechat": "suppressed", "sms": "sent"}
    attempt = Attempt.objects.get(notice__channel="wechat")
    assert (attempt.reason, attempt.detail) == (Reason.NO_TEMPLATE, "activities.seated.zh-hans")


# --- How long it waits -----------------------------------------------------------------


def test_it_waits_while_wechat_is_asked_and_no_longer(
    person: Resident, settings: Settings, now: datetime
) -> None:
    settings.WECHAT_FIRST_SECONDS = 60
    tell(person, now)
    assert claimed(now) == 0
    steps.claim(Channel.WECHAT, 1, now)
    assert claimed(now + 59 * SECONDS) == 0
    assert claimed(now + 60 * SECONDS) == 1


def test_what_ends_soon_does_not_wait(person: Resident, now: datetime) -> None:
    tell(person, now, expires_at=now + 299 * SECONDS)
    assert claimed(now) == 1


def test_what_would_be_too_late_in_the_morning_does_not_wait(
    person: Resident, gateway: Gateway, now: datetime
) -> None:
    """At 20:57 the text goes; at 21:02, where it would stand now, it would not any more."""
    evening = now.replace(hour=20, minute=57)
    tell(person, evening, expires_at=evening + timedelta(hours=3))
    assert claimed(evening) == 1


def test_what_may_still_go_tomorrow_waits(person: Resident, now: datetime) -> None:
    evening = now.replace(hour=20, minute=57)
    tell(person, evening, expires_at=evening + timedelta(days=1))
    assert claimed(evening) == 0


@pytest.fixture
def urgent(monkeypatch: pytest.MonkeyPatch) -> Kind:
    kind = replace(SEATED, urgent=True)
    monkeypatch.setitem(parts_by(Kind, "code"), SEATED.code, kind)
    monkeypatch.setattr(instead, "_by_both", lambda: [SEATED.code])
    return kind


def test_what_is_urgent_goes_by_both(
    person: Resident, wechat: WeChat, gateway: Gateway, now: datetime, urgent: Kind
) -> None:
    tell(person, now, kind=urgent)
    assert claimed(now) == 1
    Notice.objects.filter(channel="sms").update(status="queued", lease=None)
    bell()
    assert states() == {"wechat": "sent", "sms": "sent"}
    assert (len(wechat.messages), len(gateway.messages)) == (1, 1)


def test_after_the_text_wechat_is_not_tried_again(
    person: Resident, wechat: WeChat, gateway: Gateway, now: datetime
) -> None:
    wechat.answers[OPENID] = 45009
    tell(person, now)
    bell()
    wechat.answers.clear()
    Notice.objects.filter(channel="wechat").update(next_try_at=now)
    bell()
    assert states() == {"wechat": "suppressed", "sms": "sent"}
    assert wechat.messages == []


def test_a_process_that_died_in_the_call_leaves_the_text_to_go(
    person: Resident, now: datetime
) -> None:
    """Nobody knows then, so WeChat is not asked again."""
    tell(person, now)
    lease = steps.claim(Channel.WECHAT, 1, now).lease
    assert steps.start(Notice.objects.get(channel="wechat"), lease, now)
    later = now + timedelta(seconds=60)
    assert claimed(later) == 0
    reap(later)
    assert (states()["wechat"], claimed(later)) == ("unknown", 1)


# --- What comes afterwards -------------------------------------------------------------


def receive(status: Status) -> Report:
    number = Attempt.objects.get(notice__channel="wechat").gateway_id
    return Report(status, "failed", gateway_id=number)


def test_did_not_arrive_after_all_and_the_text_goes(
    person: Resident, gateway: Gateway, now: datetime
) -> None:
    tell(person, now)
    bell()
    take_in(reports=[receive(Status.FAILED)], now=now)
    assert states() == {"wechat": "failed", "sms": "queued"}
    bell()
    assert states() == {"wechat": "failed", "sms": "sent"}


def test_what_is_over_is_not_sent_after_all(
    person: Resident, gateway: Gateway, now: datetime
) -> None:
    tell(person, now, expires_at=now + timedelta(hours=1))
    bell()
    take_in(reports=[receive(Status.FAILED)], now=now + timedelta(hours=1))
    assert states() == {"wechat": "failed", "sms": "suppressed"}


def test_it_arrived(person: Resident, gateway: Gateway, now: datetime) -> None:
    tell(person, now)
    bell()
    take_in(reports=[receive(Status.DELIVERED)], now=now)
    assert states() == {"wechat": "delivered", "sms": "suppressed"}


def test_called_off_meanwhile_nothing_goes_after_all(
    person: Resident, gateway: Gateway, now: datetime
) -> None:
    tell(person, now)
    bell()
    actions.cancel(subject="activity:7", now=now)
    take_in(reports=[receive(Status.FAILED)], now=now)
    bell()
    assert gateway.messages == []
