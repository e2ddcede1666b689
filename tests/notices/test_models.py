"""What must never be false of a message is a constraint of the database."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Attempt, Notice, Reached

CODE = {"recipient": None, "address": "13800138000"}
BROKEN = [
    ("notice_has_one_addressee", {"recipient": None}),
    ("notice_has_one_addressee", {"address": "13800138000"}),
    ("notice_has_one_addressee", {"channel": "desk"}),
    ("notice_leased_while_in_hand", {"status": "claimed"}),
    ("notice_leased_while_in_hand", {"status": "sending"}),
    ("notice_leased_while_in_hand", {"lease": uuid4()}),
    ("settled_notice_keeps_no_code", CODE | {"status": "sent", "sealed": "x"}),
    ("settled_notice_keeps_no_code", CODE | {"status": "unknown", "sealed": "x"}),
    ("notice_settled_at_its_end", {"settled_at": None, "status": "delivered"}),
    ("notice_settled_at_its_end", {"status": "queued"}),
    ("notice_channel_is_known", {"channel": "pigeon"}),
    ("notice_status_is_known", {"status": "lost"}),
]


@pytest.mark.parametrize(("constraint", "fields"), BROKEN)
def test_the_database_refuses_what_no_message_can_be(
    make_notice: Callable[..., Notice], now: datetime, constraint: str, fields: dict
) -> None:
    notice = make_notice()
    settles = fields.get("status") in ("sent", "unknown", "lost") or constraint.endswith("its_end")
    values = {"settled_at": now if settles else None} | fields
    with pytest.raises(IntegrityError, match=constraint):
        Notice.objects.filter(pk=notice.pk).update(**values)


def test_a_person_and_their_account_are_not_both_addressed(
    make_notice: Callable[..., Notice], staff_user: User
) -> None:
    notice = make_notice()
    with pytest.raises(IntegrityError, match="notice_has_one_addressee"):
        Notice.objects.filter(pk=notice.pk).update(account=staff_user)


def test_the_desk_is_nobody(make_notice: Callable[..., Notice], now: datetime) -> None:
    rows = Notice.objects.filter(pk=make_notice().pk)
    rows.update(channel="desk", recipient=None, status="suppressed", settled_at=now)
    with pytest.raises(IntegrityError, match="notice_has_one_addressee"):
        rows.update(address="13800138000")


@pytest.mark.parametrize("whom", ["recipient", "account", None])
def test_a_person_is_reached_once(staff_user: User, now: datetime, whom: str | None) -> None:
    people = {"recipient": staff_user.resident, "account": staff_user}
    values = {"event": "e", "by": staff_user, "at": now} | ({whom: people[whom]} if whom else {})
    Reached.objects.create(**values)
    with pytest.raises(IntegrityError, match="reached_once"):
        Reached.objects.create(**values)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("reached_is_one_person", {}), ("reached_names_its_event", {"event": "", "account": None})],
)
def test_the_database_refuses_what_no_call_can_be(
    staff_user: User, now: datetime, constraint: str, fields: dict
) -> None:
    both = {"recipient": staff_user.resident, "account": staff_user}
    with pytest.raises(IntegrityError, match=constraint):
        Reached.objects.create(**{"event": "e", "at": now} | both | fields)


def test_one_key_is_one_message(make_notice: Callable[..., Notice]) -> None:
    notice = make_notice()
    notice.pk, notice.reference = None, uuid4()
    with pytest.raises(IntegrityError, match="notice_once"):
        notice.save(force_insert=True)


def test_one_reference_is_one_message(make_notice: Callable[..., Notice]) -> None:
    """It is the key of a short link."""
    notice = make_notice()
    notice.pk, notice.dedupe_key = None, "another"
    with pytest.raises(IntegrityError, match="reference"):
        notice.save(force_insert=True)


def test_an_attempt_has_its_own_number(make_notice: Callable[..., Notice], now: datetime) -> None:
    first = Attempt(notice=make_notice(), number=1, lease=uuid4(), started_at=now)
    first.save()
    first.pk = None
    with pytest.raises(IntegrityError, match="attempt_number_once"):
        first.save(force_insert=True)


def test_an_attempt_ends_after_its_start(make_notice: Callable[..., Notice], now: datetime) -> None:
    ended_at = now - timedelta(seconds=1)
    with pytest.raises(IntegrityError, match="attempt_ends_after_its_start"):
        Attempt.objects.create(
            notice=make_notice(), number=1, lease=uuid4(), started_at=now, ended_at=ended_at
        )


def test_every_message_has_a_reference_of_its_own(make_notice: Callable[..., Notice]) -> None:
    assert make_notice().reference != make_notice().reference
