"""Planning, cancelling, one-time codes, sending again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    F,
    JSONField,
    QuerySet,
    Value,
)
from pytest_django import DjangoAssertNumQueries

from diedie_edu.accounts.models import OneTimeCode, User
from diedie_edu.activities.messages import REMINDER, SEATED
from diedie_edu.common.crypto import unseal
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import cancel, notify, plan_from, send_again
from diedie_edu.notices.actions.seen import mark_read
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.notices.phones import notify_of_code
from diedie_edu.notices.rules.sending import Stop, decide
from diedie_edu.people.models import Resident
from tests.notices.conftest import FACTS

pytestmark = pytest.mark.django_db
INBOX = [Channel.INBOX]


def _notify(recipients: list[int], now: datetime, **more: object) -> int:
    given = {"kind": SEATED, "subject": "activity:7", "data": FACTS, "now": now} | more
    return notify(recipients=recipients, **given)


def _people(now: datetime) -> QuerySet:
    return Resident.objects.values(
        recipient_id=F("pk"),
        to_account=Value(None, BigIntegerField()),
        subject=Value("activity:7", CharField()),
        revision=Value("3", CharField()),
        data=Value(FACTS, JSONField()),
        next_try_at=Value(now, DateTimeField()),
        expires_at=Value(None, DateTimeField()),
    )


def test_everybody_is_told_once_by_each_channel(
    make_resident: Callable[..., Resident], now: datetime
) -> None:
    people = [make_resident().pk for _ in range(3)]
    assert _notify(people, now) == 6
    assert _notify(people, now) == 0
    keys = set(Notice.objects.values_list("dedupe_key", flat=True))
    assert f"activities.seated:activity:7:1:{people[0]}:sms" in keys
    assert len(keys) == 6
    assert {row.event for row in Notice.objects.all()} == {"activities.seated:activity:7:1"}


@pytest.mark.parametrize("change", [{"revision": 2}, {"subject": "activity:8"}, {"kind": REMINDER}])
def test_what_is_new_is_told_again(
    make_resident: Callable[..., Resident], now: datetime, change: dict
) -> None:
    person = make_resident().pk
    _notify([person], now, channels=INBOX)
    assert _notify([person], now, channels=INBOX, **change) == 1


def test_nobody_to_tell_is_no_fault(now: datetime) -> None:
    assert _notify([], now) == 0
    assert plan_from(kind=SEATED, people=_people(now).none(), channels=INBOX, now=now) == 0


def test_a_message_dies_with_its_event(
    make_resident: Callable[..., Resident], now: datetime
) -> None:
    person = make_resident().pk
    with transaction.atomic():
        _notify([person], now)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("number", [1, 3000])
def test_telling_takes_one_statement_for_any_number(
    number: int, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = Resident.objects.bulk_create(Resident(full_name="居民") for _ in range(number))
    with django_assert_num_queries(1):
        assert _notify([resident.pk for resident in made], now) == 2 * number


@pytest.mark.parametrize("number", [1, 3000])
def test_planning_takes_one_statement_for_any_number(
    number: int, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Resident.objects.bulk_create(Resident(full_name="居民") for _ in range(number))
    with django_assert_num_queries(1):
        assert plan_from(kind=REMINDER, people=_people(now), channels=INBOX, now=now) == number
    assert plan_from(kind=REMINDER, people=_people(now), channels=INBOX, now=now) == 0


def test_what_is_planned_carries_what_the_query_found(
    make_resident: Callable[..., Resident], now: datetime
) -> None:
    make_resident()
    plan_from(kind=REMINDER, people=_people(now + timedelta(hours=1)), channels=INBOX, now=now)
    planned = Notice.objects.get()
    assert (planned.data, planned.subject, planned.expires_at) == (FACTS, "activity:7", None)
    assert (planned.created_at, planned.next_try_at) == (now, now + timedelta(hours=1))
    assert planned.dedupe_key.split(":")[3] == "3"


def test_cancelling_stops_what_waits_and_only_that(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice()
    sent = make_notice(status=Status.SENT, settled_at=now, subject=notice.subject)
    other = make_notice()
    assert cancel(subject=notice.subject, now=now) == 1
    assert cancel(subject=notice.subject, now=now) == 0
    states = dict(Notice.objects.values_list("pk", "status"))
    assert states == {notice.pk: "cancelled", sent.pk: "sent", other.pk: "queued"}


@pytest.mark.parametrize("status", ["suppressed", "failed", "unknown"])
def test_what_is_cancelled_is_of_no_use_any_more(
    make_notice: Callable[..., Notice], now: datetime, status: str
) -> None:
    notice = make_notice(status=status, settled_at=now)
    cancel(subject=notice.subject, now=now)
    notice.refresh_from_db()
    assert (notice.status, notice.expires_at) == (status, now)


def test_what_is_on_its_way_when_cancelled_is_not_sent_again(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice(status=Status.SENDING, lease=uuid4(), lease_until=now)
    cancel(subject=notice.subject, now=now)
    notice.refresh_from_db()
    assert decide(notice, urgent=False, now=now) == Stop(Status.EXPIRED)


def test_cancelling_can_be_for_one_person_and_some_kinds(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice()
    subject, person = notice.subject, notice.recipient_id
    assert cancel(subject=subject, now=now, kinds=[REMINDER]) == 0
    assert cancel(subject=subject, now=now, recipient=person + 1) == 0
    assert cancel(subject=subject, now=now, kinds=[SEATED], recipient=person) == 1


def _tell_code(now: datetime, **more: object) -> None:
    given = {"phone": "13800138000", "code": "123456", "purpose": "sign_in", "language": "en"}
    given["browser"] = "one"
    notify_of_code(**given | more, now=now)


def test_a_code_is_kept_sealed_and_for_ten_minutes(now: datetime) -> None:
    _tell_code(now)
    notice = Notice.objects.get()
    assert (notice.address, notice.recipient, notice.channel) == ("13800138000", None, "sms")
    assert unseal(notice.sealed) == "123456"
    assert "123456" not in f"{notice.data}{notice.dedupe_key}{notice.sealed}"
    assert notice.expires_at == now + timedelta(minutes=10)


def test_a_new_code_stops_the_one_before_it(now: datetime) -> None:
    _tell_code(now)
    _tell_code(now, phone="13800138001")
    _tell_code(now, code="654321")
    _tell_code(now, browser="a stranger's")
    states = Notice.objects.order_by("pk").values_list("status", "address")
    assert [status for status, _phone in states] == ["cancelled"] + ["queued"] * 3
    assert Notice.objects.get(status="cancelled").sealed == ""


@pytest.mark.parametrize("purpose", OneTimeCode.Purpose.values)
def test_there_is_a_text_for_every_purpose(purpose: str, now: datetime) -> None:
    _tell_code(now, purpose=purpose)
    assert Notice.objects.get().kind == f"notices.code_{purpose}"


def test_staff_send_a_failed_message_again_and_its_history_stays(
    make_notice: Callable[..., Notice], staff_user: User, now: datetime
) -> None:
    old = make_notice(status=Status.FAILED, settled_at=now)
    new = send_again(notice=old, by=staff_user, now=now)
    old.refresh_from_db()
    assert (old.status, new.status) == (Status.FAILED, Status.QUEUED)
    assert (new.again_of, new.again_by) == (old, staff_user)
    assert (new.data, new.recipient, new.channel) == (old.data, old.recipient, old.channel)
    assert new.reference != old.reference


def test_a_second_tap_sends_nothing_more(
    make_notice: Callable[..., Notice], staff_user: User, now: datetime
) -> None:
    old = make_notice(status=Status.UNKNOWN, settled_at=now)
    first = send_again(notice=old, by=staff_user, now=now)
    assert send_again(notice=old, by=staff_user, now=now) == first
    assert Notice.objects.count() == 2


def test_what_failed_again_can_be_sent_again(
    make_notice: Callable[..., Notice], staff_user: User, now: datetime
) -> None:
    notice = make_notice(status=Status.FAILED, settled_at=now)
    for _ in range(3):
        notice = send_again(notice=notice, by=staff_user, now=now)
        Notice.objects.filter(pk=notice.pk).update(status=Status.FAILED, settled_at=now)
    assert Notice.objects.count() == 4


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("not_in_trouble", {"status": Status.SENT}),
        ("too_late", {"status": Status.FAILED, "expires_at": "now"}),
        ("code_gone", {"status": Status.FAILED, "recipient": None, "address": "13800138000"}),
    ],
)
def test_what_makes_no_sense_is_not_sent_again(
    make_notice: Callable[..., Notice], staff_user: User, now: datetime, code: str, fields: dict
) -> None:
    values = {name: now if value == "now" else value for name, value in fields.items()}
    notice = make_notice(settled_at=now, **values)
    with pytest.raises(Refused) as refusal:
        send_again(notice=notice, by=staff_user, now=now)
    assert refusal.value.code == code
    assert Notice.objects.count() == 1


def test_the_first_opening_is_the_reading(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice(channel=Channel.INBOX, status=Status.DELIVERED, settled_at=now)
    mark_read(notice=notice, now=now)
    mark_read(notice=notice, now=now + timedelta(hours=1))
    notice.refresh_from_db()
    assert notice.read_at == now
