"""Accounts and residents as addressees, alarms on the desk, and what was told by telephone."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.notices.actions import notify, plan_from
from diedie_edu.notices.actions.seen import note_reached, take_back_reached
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Channel, Notice, Reached
from diedie_edu.notices.subjects import as_messages
from diedie_edu.people.models import Resident
from tests.notices.conftest import FACTS

pytestmark = pytest.mark.django_db
INBOX = [Channel.INBOX]
ALARM = Kind(code="tests.alarm", title="{title}", body="{title}", sms="{title}", alarm=True)


def tell(recipients: list[int], now: datetime, **more: object) -> int:
    given = {"kind": SEATED, "subject": "activity:7", "data": FACTS, "now": now} | more
    return notify(recipients=recipients, **given)


def test_an_account_hears_without_being_a_resident(now: datetime, staff_user: User) -> None:
    staff_user.resident.delete()
    assert tell([], now, accounts=[staff_user.pk]) == 2
    assert tell([], now, accounts=[staff_user.pk]) == 0
    notice = Notice.objects.get(channel="sms")
    assert (notice.account, notice.recipient) == (staff_user, None)
    assert notice.dedupe_key == f"activities.seated:activity:7:1:a{staff_user.pk}:sms"


def test_nobody_hears_twice_and_nobody_who_is_gone(
    now: datetime, staff_user: User, make_user: Callable[..., User]
) -> None:
    gone = make_user(is_active=False)
    people = {"accounts": [staff_user.pk, gone.pk], "channels": INBOX}
    assert tell([staff_user.resident.pk], now, **people) == 1
    assert Notice.objects.get().recipient == staff_user.resident


def test_a_query_may_find_accounts(now: datetime, staff_user: User) -> None:
    people = as_messages(
        Resident.objects.all(), account="account_id", subject="x:1", revision="1", data={}, now=now
    )
    assert plan_from(kind=SEATED, people=people, channels=INBOX, now=now) == 1
    assert Notice.objects.get().account == staff_user


@pytest.mark.parametrize("people", [[], ["somebody"]])
def test_an_alarm_stands_on_the_desk_whoever_hears_it(
    now: datetime, make_resident: Callable[..., Resident], people: list[str]
) -> None:
    recipients = [make_resident().pk for _ in people]
    for _again in range(2):
        tell(recipients, now, kind=ALARM, channels=INBOX)
    assert Notice.objects.filter(channel="inbox").count() == len(people)
    row = Notice.objects.get(channel="desk")
    assert (row.event, row.status, row.addressee) == (
        "tests.alarm:activity:7:1",
        "suppressed",
        None,
    )


def test_a_call_is_noted_once_and_can_be_taken_back(
    make_notice: Callable[..., Notice], staff_user: User, stranger: User, now: datetime
) -> None:
    notice = make_notice()
    note_reached(notice=notice, by=staff_user, now=now)
    note_reached(notice=notice, by=stranger, now=now)
    row = Reached.objects.get()
    assert (row.event, row.recipient, row.by) == (notice.event, notice.recipient, staff_user)
    for _twice in range(2):
        take_back_reached(notice=notice)
    assert not Reached.objects.exists()


def test_no_text_says_that_somebody_is_told() -> None:
    """Whether a message arrives shows later: people get a message or a call. A code at its own
    phone, and the page that checks a number, say what they do themselves."""
    texts = (settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po").read_text("utf-8")
    msgids = re.findall(r'^msgid(?:_plural)? "(.*)"$', texts, re.MULTILINE)
    promises = [text for text in msgids if re.search(r"\b(is|are|been) told\b", text)]
    assert [text for text in promises if not re.search("its codes|checks the number", text)] == []
