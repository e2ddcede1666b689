"""The gateway's protocol: accepted, certainly not, or nobody knows."""

import http.client

import pytest
from pytest_django import Settings

from diedie_edu.notices.channels import sms, sms_http
from diedie_edu.notices.channels.outcome import Letter, Sent
from diedie_edu.notices.models import Status
from tests.chaos.gateway import Gateway, Mood
from tests.conftest import NOW

LETTER = Letter(
    reference="r-1",
    address="13800138000",
    title="",
    text="小满，您好",
    template="tests.hello.zh-hans",
    variables={"name": "小满"},
)

SENT = Sent("r-1", "", NOW)


@pytest.mark.parametrize(
    ("code", "answer", "status"),
    [
        (200, {"id": "1"}, Status.SENT),
        (202, {"id": "1"}, Status.SENT),
        (200, {}, Status.UNKNOWN),  # a captive portal's page is no acceptance
        (204, {}, Status.UNKNOWN),
        (302, {}, Status.QUEUED),
        (400, {}, Status.FAILED),
        (422, {}, Status.FAILED),
        (401, {}, Status.QUEUED),  # our own fault, and it can be put right
        (403, {}, Status.QUEUED),
        (404, {}, Status.QUEUED),
        (409, {}, Status.SENT),  # it has this reference already
        (429, {}, Status.QUEUED),
        (500, {}, Status.QUEUED),
        (503, {}, Status.QUEUED),
        (502, {}, Status.UNKNOWN),  # a proxy's word, not the gateway's
        (504, {}, Status.UNKNOWN),
    ],
)
def test_each_code_has_one_meaning(code: int, answer: dict, status: Status) -> None:
    assert sms_http._understand(code, 0, answer).status == status


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7", 7), ("0.5", 0.5), ("", 0), ("soon", 0), ("-3", 0), ("inf", 0), ("nan", 0)],
)
def test_the_pause_asked_for_is_read_with_care(text: str, seconds: float) -> None:
    assert sms_http._seconds(text) == seconds


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b"\xff", b'"id"'])
def test_an_answer_that_is_no_object_says_nothing(body: bytes) -> None:
    assert sms_http._object(body) == {}


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x", "http://no-such-host.invalid/x"])
def test_without_a_connection_nothing_was_sent(url: str, settings: Settings) -> None:
    settings.SMS_URL = url
    assert sms_http.send(LETTER).status == Status.QUEUED


def test_an_address_with_a_query_and_a_token_is_used_as_it_is(
    gateway: Gateway, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SMS_URL, settings.SMS_TOKEN = f"{gateway.url}?channel=3", "secret"
    seen: list[tuple] = []
    request = http.client.HTTPConnection.request

    def spy(connection: object, method: str, target: str, body: bytes, headers: dict) -> None:
        seen.append((method, target, headers["Authorization"]))
        request(connection, method, target, body, headers)

    monkeypatch.setattr(http.client.HTTPConnection, "request", spy)
    assert sms_http.send(LETTER).status == Status.SENT
    assert seen == [("POST", "/messages?channel=3", "Bearer secret")]


def test_the_text_arrives_in_chinese_and_as_a_template(gateway: Gateway) -> None:
    sms_http.send(LETTER)
    assert gateway.messages == [
        {
            "reference": "r-1",
            "phone": "13800138000",
            "text": "小满，您好",
            "template": "tests.hello.zh-hans",
            "variables": {"name": "小满"},
        }
    ]


def test_the_gateway_tells_what_it_has_when_asked(gateway: Gateway) -> None:
    assert sms.can_be_asked()
    assert sms.ask(SENT).status == Status.QUEUED
    sms_http.send(LETTER)
    assert sms.ask(SENT).status == Status.SENT


def test_no_clear_answer_is_no_answer(gateway: Gateway, settings: Settings) -> None:
    gateway.answers_queries = False
    assert sms.ask(SENT) is None
    settings.SMS_QUERY_URL = "http://127.0.0.1:9/x"
    assert sms.ask(SENT) is None


def test_a_hanging_gateway_costs_no_more_than_the_set_time(
    gateway: Gateway, settings: Settings
) -> None:
    gateway.mood = lambda: Mood.HANG
    settings.SMS_READ_SECONDS = 0.05
    assert sms_http.send(LETTER).detail == "TimeoutError"
