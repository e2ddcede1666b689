"""What holds of both providers' libraries: three ends are told apart, in time, without a trace."""

import io
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from pytest_django import Settings

from diedie_edu.notices.channels import providers, sms
from diedie_edu.notices.channels.outcome import Letter, Outcome, Sent
from diedie_edu.notices.models import Reason, Status
from tests.chaos.gateway import Mood
from tests.conftest import NOW
from tests.notices.channels.conftest import Cloud
from tests.support.dripping import dripping

LETTER = Letter(
    reference="9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f",
    address="13800138000",
    title="",
    text="",
    template="SMS_1",
    variables={"title": "春季养生 & 保健", "key": "ZZ_-9"},
)
SENT = Sent(LETTER.reference, LETTER.address, NOW)
A_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n"
A_TLS_RECORD = b"\x16\x03\x03\x3f\x00"


def send(letter: Letter = LETTER) -> Outcome:
    with sms.gateway() as hand_over:
        return hand_over(letter)


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def test_a_message_arrives_whole_with_our_reference_and_a_right_signature(cloud: Cloud) -> None:
    outcome = send()

    assert (outcome.status, outcome.reason) == (Status.SENT, Reason.ACCEPTED)
    assert outcome.gateway_id
    (message,) = cloud.messages
    told = message.pop("variables")
    assert message == {
        "reference": LETTER.reference,
        "phone": "13800138000",
        "template": "SMS_1",
        "signature": "叠二社区",
    }
    assert told in ({"title": "春季养生 & 保健", "key": "ZZ_-9"}, ["春季养生 & 保健", "ZZ_-9"])


def test_a_wrong_key_is_refused_as_our_settings(cloud: Cloud, settings: Settings) -> None:
    settings.SMS_KEY_SECRET = "another"
    outcome = send()
    assert (outcome.status, outcome.reason, outcome.ailing) == (
        Status.QUEUED,
        Reason.SETTINGS,
        True,
    )
    assert cloud.messages == []


@pytest.mark.parametrize(
    ("mood", "status", "reason"),
    [
        (Mood.ACCEPT_SLOWLY, Status.SENT, Reason.ACCEPTED),
        (Mood.FAIL, Status.QUEUED, Reason.NOT_TAKEN),
        (Mood.BUSY, Status.QUEUED, Reason.NOT_TAKEN),
        (Mood.REFUSE, Status.FAILED, Reason.REFUSED),
        (Mood.CUT, Status.UNKNOWN, Reason.NO_ANSWER),
        (Mood.HANG, Status.UNKNOWN, Reason.NO_ANSWER),
        (Mood.ACCEPT_AND_CUT, Status.UNKNOWN, Reason.NO_ANSWER),
        (Mood.ACCEPT_AND_HANG, Status.UNKNOWN, Reason.NO_ANSWER),
        (Mood.ACCEPT_AND_BABBLE, Status.UNKNOWN, Reason.NO_ANSWER),
    ],
)
def test_each_mood_leads_to_its_state(
    cloud: Cloud, mood: Mood, status: Status, reason: Reason
) -> None:
    cloud.mood = lambda: mood
    with in_time(3):
        outcome = send()
    assert (outcome.status, outcome.reason) == (status, reason)
    # One call, whatever came of it: what may have been accepted is never sent twice.
    assert cloud.moods.total() == 1


@pytest.mark.parametrize("code", [200, 500, 502, 503])
def test_a_page_in_html_says_nothing(cloud: Cloud, code: int) -> None:
    cloud.answer = (code, b"<html>Bad Gateway</html>")
    assert send().status == Status.UNKNOWN


@pytest.mark.parametrize("said", [b"{}", b"[]", b'"OK"', b"", b"null", b'{"Response": {}}'])
def test_an_answer_without_a_code_says_nothing(cloud: Cloud, said: bytes) -> None:
    cloud.answer = (200, said)
    assert send().status == Status.UNKNOWN


def test_without_a_connection_nothing_was_sent(cloud: Cloud, settings: Settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:9"
    outcome = send()
    assert (outcome.status, outcome.reason) == (Status.QUEUED, Reason.NO_CONNECTION)
    assert outcome.ailing


def test_before_a_connection_is_safe_nothing_has_left(cloud: Cloud, settings: Settings) -> None:
    with dripping(A_TLS_RECORD) as port, in_time(5):
        settings.SMS_URL = f"https://127.0.0.1:{port}"
        assert send().reason == Reason.NO_CONNECTION


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n", A_HEAD])
def test_a_server_that_drips_ends_in_time(cloud: Cloud, said: bytes, settings: Settings) -> None:
    with dripping(said) as port, in_time(5):
        settings.SMS_URL = f"http://127.0.0.1:{port}"
        assert send().status == Status.UNKNOWN


def test_a_server_that_drips_is_asked_in_vain(cloud: Cloud, settings: Settings) -> None:
    with dripping(A_HEAD) as port, in_time(5):
        settings.SMS_URL = f"http://127.0.0.1:{port}"
        assert sms.ask(SENT) is None


def test_a_proxy_of_the_environment_is_not_used(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert send().status == Status.SENT


@pytest.mark.parametrize("phone", ["85261234567", "+85261234567", "0757-81234567", ""])
def test_numbers_abroad_are_not_even_tried(cloud: Cloud, phone: str) -> None:
    outcome = send(Letter("r", phone, "", "", "SMS_1", {}))
    assert (outcome.status, outcome.detail) == (Status.FAILED, providers.ABROAD)
    assert cloud.moods.total() == 0


def test_the_provider_is_asked_by_phone_day_and_reference(cloud: Cloud) -> None:
    assert sms.can_be_asked()
    assert sms.ask(SENT) is None  # not there, which says nothing: it may come yet
    send()
    outcome = sms.ask(SENT)
    assert outcome is not None
    assert (outcome.status, outcome.reason) == (Status.DELIVERED, Reason.ASKED)
    assert sms.ask(Sent("another", SENT.address, NOW)) is None
    cloud.answers_queries = False
    assert sms.ask(SENT) is None


def test_a_phone_that_got_many_is_looked_through(cloud: Cloud) -> None:
    cloud.messages = [{"reference": f"r{n}", "phone": SENT.address} for n in range(130)]
    assert sms.ask(Sent("r129", SENT.address, NOW)) is not None


def test_nobody_is_asked_without_the_phone_that_it_went_to(cloud: Cloud) -> None:
    assert sms.ask(Sent(LETTER.reference, "", NOW)) is None
    assert cloud.queries == []


@pytest.mark.parametrize("mood", [Mood.ACCEPT, Mood.REFUSE, Mood.CUT, Mood.ACCEPT_AND_BABBLE])
def test_no_log_and_no_output_says_a_word_of_it(
    cloud: Cloud, mood: Mood, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where somebody turned their logs on. Alibaba's write to standard error by themselves."""
    monkeypatch.setenv("DEBUG", "sdk")
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    cloud.mood = lambda: mood
    with caplog.at_level(logging.DEBUG):
        send()
        sms.ask(SENT)
    everything = said.getvalue() + caplog.text
    assert not [word for word in ("13800138000", "ZZ_-9", "SMS_1") if word in everything]


def test_an_outcome_keeps_no_word_but_a_code(cloud: Cloud) -> None:
    for mood in (Mood.ACCEPT, Mood.REFUSE, Mood.CUT, Mood.BUSY, Mood.ACCEPT_AND_BABBLE):
        cloud.mood = lambda mood=mood: mood
        outcome = send()
        assert "138" not in outcome.detail
        assert " " not in outcome.detail


@pytest.mark.parametrize(
    ("value", "kept"), [("isv.X", "isv.X"), (None, ""), ("号码 138", ""), ("x" * 81, ""), (0, "")]
)
def test_only_what_looks_like_a_code_is_kept(value: object, kept: str) -> None:
    assert providers.word(value) == kept


def test_just_before_midnight_alibaba_is_asked_for_two_days(alibaba: Cloud) -> None:
    late = NOW.replace(hour=23, minute=59, second=30)
    for at in (NOW, late, late + timedelta(minutes=1)):
        sms.ask(Sent("r", SENT.address, at))
    days = [asked["SendDate"] for asked in alibaba.queries]
    assert days == ["20261123", "20261123", "20261124", "20261124"]
