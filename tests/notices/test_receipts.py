"""What gateways report of messages afterwards: delivered or failed, in any order."""

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from diedie_edu.notices.actions import cancel
from diedie_edu.notices.actions.receipts import match_receipts, take_in
from diedie_edu.notices.channels.outcome import Report, accepted
from diedie_edu.notices.models import Attempt, Notice, Reason, Receipt, Status
from diedie_edu.notices.outbox import calls, steps
from tests.conftest import NOW
from tests.support.approving import approve_all
from tests.support.providers import BY_BACKEND, TencentCloud
from tests.support.refusals import guard_that_stops

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
KEY = "a-key-that-nobody-guesses"
DAY = timedelta(days=1)
Make = Callable[..., Notice]


def test_a_report_says_how_it_ended() -> None:
    def no_end() -> None:
        Receipt.objects.create(gateway_id="1", status="sent", came_at=NOW)

    assert guard_that_stops(no_end) == "receipt_says_the_end"


def sent(make_notice: Make, status: str = Status.SENT, **fields: object) -> Notice:
    """A message that a gateway knows as number 77."""
    is_open = status in (Status.QUEUED, Status.CLAIMED, Status.SENDING)
    lease = uuid4() if status in (Status.CLAIMED, Status.SENDING) else None
    settled = None if is_open else NOW
    notice = make_notice(status=status, settled_at=settled, lease=lease, tries=1, **fields)
    Attempt.objects.create(
        notice=notice, number=1, lease=uuid4(), started_at=NOW, gateway_id="77", reason="accepted"
    )
    return notice


def report(*ends: str, notice: Notice | None = None, now: datetime = NOW) -> None:
    about = {"reference": notice.reference} if notice else {"gateway_id": "77"}
    take_in(reports=[Report(Status(end), "X:1", **about) for end in ends], now=now)


def state(notice: Notice) -> str:
    notice.refresh_from_db()
    return notice.status


# --- Any order -------------------------------------------------------------------------


@pytest.mark.parametrize("by_number", [False, True])
@pytest.mark.parametrize(
    ("was", "ends", "becomes"),
    [
        ("sent", ["delivered"], "delivered"),
        ("sent", ["failed"], "failed"),
        ("sent", ["delivered", "delivered"], "delivered"),
        ("sent", ["failed", "delivered"], "delivered"),
        ("sent", ["delivered", "failed"], "delivered"),
        ("sending", ["delivered"], "delivered"),
        ("sending", ["failed"], "failed"),
        ("unknown", ["delivered"], "delivered"),
        ("unknown", ["failed"], "failed"),
        ("queued", ["delivered"], "delivered"),  # what was taken for not sent has arrived
        ("claimed", ["delivered"], "delivered"),
        ("queued", ["failed"], "queued"),  # it is tried again anyway
        ("cancelled", ["delivered"], "cancelled"),
        ("suppressed", ["failed"], "suppressed"),
    ],
)
def test_each_report_counts_once_in_any_order(
    make_notice: Make, was: str, ends: list[str], becomes: str, by_number: bool
) -> None:
    notice = sent(make_notice, was)
    report(*ends, notice=None if by_number else notice, now=NOW + DAY / 2)
    assert state(notice) == becomes
    if becomes != was:
        attempt = notice.attempts.get()
        assert (attempt.outcome, attempt.reason, attempt.detail) == (becomes, "receipt", "X:1")
        assert notice.settled_at == NOW + DAY / 2


def test_what_arrived_keeps_the_moment_of_its_first_report(make_notice: Make) -> None:
    notice = sent(make_notice)
    report("delivered", notice=notice, now=NOW + DAY / 4)
    report("delivered", "failed", notice=notice, now=NOW + DAY / 2)
    assert state(notice) == Status.DELIVERED
    assert notice.settled_at == NOW + DAY / 4


def test_a_code_is_wiped_when_it_arrived(make_notice: Make) -> None:
    notice = sent(make_notice, Status.SENDING, sealed="sealed")
    report("delivered", notice=notice)
    assert Notice.objects.get(pk=notice.pk).sealed == ""


def test_our_own_answer_that_comes_later_takes_nothing_back(make_notice: Make) -> None:
    notice = make_notice(status=Status.CLAIMED, lease=(lease := uuid4()), lease_until=NOW + DAY)
    attempt = steps.start(notice, lease, NOW)
    assert attempt is not None
    report("delivered", notice=notice)

    steps.settle(attempt, accepted("OK", gateway_id="77"), NOW)

    assert state(notice) == Status.DELIVERED
    row = Attempt.objects.get()
    assert (row.reason, row.outcome, row.gateway_id) == (Reason.RECEIPT, "delivered", "77")


def test_what_was_cancelled_before_it_went_stays_so(make_notice: Make) -> None:
    notice = make_notice()
    cancel(subject=notice.subject, now=NOW)
    report("failed", "delivered", notice=notice)
    assert state(notice) == Status.CANCELLED


# --- Before we know its number ---------------------------------------------------------


def test_a_report_of_a_number_waits_until_we_know_it(make_notice: Make) -> None:
    report("failed")
    report("delivered")
    report("failed")  # in odd order
    assert Receipt.objects.values_list("status").get() == ("delivered",)
    assert match_receipts(NOW) == 0

    notice = sent(make_notice)
    assert match_receipts(NOW) == 1
    assert state(notice) == Status.DELIVERED
    assert not Receipt.objects.exists()


def test_a_report_of_nobody_goes_after_a_day() -> None:
    report("delivered")
    match_receipts(NOW + DAY / 2)
    assert Receipt.objects.exists()
    match_receipts(NOW + DAY)
    assert not Receipt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_say_it_once(make_notice: Make) -> None:
    notice = sent(make_notice)

    def say(end: str) -> None:
        from django.db import connection

        report(end, notice=notice)
        connection.close()

    threads = [Thread(target=say, args=(end,)) for end in ["delivered", "failed"] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state(notice) == Status.DELIVERED


# --- The address -----------------------------------------------------------------------


@pytest.fixture
def call(client: Client, settings: Settings) -> Callable[..., object]:
    settings.SMS_RECEIPT_KEY = KEY
    strict = Client(enforce_csrf_checks=True)

    def post(body: object, key: str = KEY) -> object:
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        return strict.post(f"/receipts/{key}/", text, content_type="application/json")

    return post


def alibaba_says(notice: Notice, success: object) -> list[dict[str, object]]:
    return [
        {
            "phone_number": "13800138000",
            "success": success,
            "err_code": "DELIVERED" if success else "MOBILE_NOT_ON_SERVICE",
            "err_msg": "说明",
            "biz_id": "9001^1",
            "out_id": str(notice.reference),
        }
    ]


def tencent_says(number: str, status: str) -> list[dict[str, object]]:
    return [{"mobile": "13800138000", "report_status": status, "errmsg": "DELIVRD", "sid": number}]


@pytest.mark.parametrize(("success", "becomes"), [(True, "delivered"), (False, "failed")])
def test_alibaba_reports_by_our_reference(
    call: Callable, settings: Settings, make_notice: Make, success: bool, becomes: str
) -> None:
    settings.SMS_BACKEND = "alibaba"
    notice = sent(make_notice)
    answer = call(alibaba_says(notice, success))
    assert (answer.status_code, answer.json()) == (200, {"code": 0, "msg": "OK"})
    assert state(notice) == becomes


@pytest.mark.parametrize(("status", "becomes"), [("SUCCESS", "delivered"), ("FAIL", "failed")])
def test_tencent_reports_by_its_number(
    call: Callable, settings: Settings, make_notice: Make, status: str, becomes: str
) -> None:
    settings.SMS_BACKEND = "tencent"
    notice = sent(make_notice)
    answer = call(tencent_says("77", status))
    assert (answer.status_code, answer.json()) == (200, {"result": 0, "errmsg": "OK"})
    assert state(notice) == becomes


def test_a_gateway_of_our_own_reports_by_reference(
    call: Callable, settings: Settings, make_notice: Make
) -> None:
    settings.SMS_BACKEND = "http"
    notice = sent(make_notice)
    assert call([{"reference": str(notice.reference), "status": "failed"}]).status_code == 200
    assert state(notice) == Status.FAILED


@pytest.mark.parametrize("backend", ["alibaba", "tencent", "http"])
@pytest.mark.parametrize(
    "row",
    [
        {},
        {"out_id": "no uuid", "success": True},
        {"out_id": "9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f", "success": True},
        {"out_id": 7, "success": "true"},
        {"sid": "5000:99", "report_status": "SUCCESS"},
        {"sid": None, "report_status": "SUCCESS"},
        {"reference": "9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f", "status": "delivered"},
        {"reference": ["x"], "status": {}},
    ],
)
def test_what_names_no_message_of_ours_is_answered_alike(
    call: Callable, settings: Settings, make_notice: Make, backend: str, row: dict[str, object]
) -> None:
    settings.SMS_BACKEND = backend
    notice = sent(make_notice)
    told = call([])
    answer = call([row])
    assert (answer.status_code, answer.content) == (200, told.content)
    assert state(notice) == Status.SENT


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"[1]", b"\xff", b'{"a": [' * 20])
def test_another_language_is_refused(call: Callable, settings: Settings, body: bytes) -> None:
    settings.SMS_BACKEND = "alibaba"
    assert call(body).status_code == 400


def test_the_address_is_nobodys_guess_and_has_an_end(
    call: Callable, settings: Settings, make_notice: Make
) -> None:
    settings.SMS_BACKEND = "alibaba"
    notice = sent(make_notice)
    said = alibaba_says(notice, True)
    assert call(said, key=KEY[:-1] + "x").status_code == 404
    assert call(b"[" + b" " * 256 * 1024 + b"]").status_code == 413
    settings.SMS_RECEIPT_KEY = ""
    assert call(said, key="x").status_code == 404
    assert state(notice) == Status.SENT


def test_gateways_for_trials_report_nothing(call: Callable, settings: Settings) -> None:
    settings.SMS_BACKEND = "file"
    assert call([{"status": "failed"}]).json() == {}


# --- From the call to the receipt ------------------------------------------------------


@pytest.mark.parametrize("backend", list(BY_BACKEND))
def test_from_the_queue_to_the_phone(
    call: Callable, settings: Settings, make_notice: Make, backend: str
) -> None:
    with BY_BACKEND[backend]().running() as cloud:
        for name, value in {**cloud.env, "SMS_URL": cloud.url}.items():
            setattr(settings, name, value)
        approve_all(settings.SMS_BACKEND)
        notice = make_notice()
        calls.deliver_by("sms", time.monotonic() + 60)
        assert state(notice) == Status.SENT
        number = notice.attempts.get().gateway_id
        is_tencent = isinstance(cloud, TencentCloud)
        call(tencent_says(number, "SUCCESS") if is_tencent else alibaba_says(notice, True))
    assert state(notice) == Status.DELIVERED
