"""Whose messages one sees, in which words."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.notices.actions import notify
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.notices.queries import inbox
from diedie_edu.people.models import Household, Resident
from diedie_edu.people.queries import family_of
from tests.notices.conftest import FACTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def deliver(make_notice: Callable[..., Notice], now: datetime) -> Callable[..., Notice]:
    def to(resident: Resident, **fields: object) -> Notice:
        given = {"status": Status.DELIVERED, "settled_at": now} | fields
        return make_notice(resident, Channel.INBOX, **given)

    return to


def test_one_sees_ones_own_and_nobody_elses(
    deliver: Callable[..., Notice], resident_user: User, stranger: User
) -> None:
    mine = deliver(resident_user.resident)
    deliver(stranger.resident)
    assert list(inbox.messages_of(resident_user)) == [mine]


def test_an_account_sees_its_own_without_being_a_resident(
    staff_user: User, stranger: User, now: datetime
) -> None:
    staff_user.resident.delete()
    people = {"accounts": [staff_user.pk, stranger.pk], "channels": [Channel.INBOX]}
    notify(kind=SEATED, subject="s", data=FACTS, now=now, **people)
    Notice.objects.update(status=Status.DELIVERED, settled_at=now)
    [mine] = inbox.messages_of(staff_user)
    assert (mine.account, inbox.opened(mine).for_name) == (staff_user, "")
    assert inbox.unread_count(staff_user) == 1


def test_one_sees_those_of_the_family_one_acts_for(
    deliver: Callable[..., Notice],
    make_resident: Callable[..., Resident],
    resident_user: User,
    stranger: User,
) -> None:
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(account__in=[resident_user, stranger]).update(household=home)
    child = make_resident(household=home, full_name="小明")
    people = [resident_user.resident, stranger.resident, child]
    sent = {person.pk: deliver(person) for person in people}
    seen = {notice.recipient_id for notice in inbox.messages_of(resident_user)}
    assert seen == {person.pk for person in family_of(resident_user)}
    assert inbox.opened(sent[child.pk]).for_name == "小明"
    assert inbox.opened(sent[resident_user.resident.pk]).for_name == ""


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.EXPIRED])
def test_what_did_not_arrive_is_not_seen(
    deliver: Callable[..., Notice], resident_user: User, status: Status
) -> None:
    deliver(resident_user.resident, status=status)
    assert not inbox.messages_of(resident_user).exists()


def test_other_channels_are_not_the_inbox(
    make_notice: Callable[..., Notice], resident_user: User, now: datetime
) -> None:
    make_notice(resident_user.resident, status=Status.DELIVERED, settled_at=now)
    assert not inbox.messages_of(resident_user).exists()


def test_the_newest_is_on_top(
    deliver: Callable[..., Notice], resident_user: User, now: datetime
) -> None:
    person = resident_user.resident
    older = deliver(person, created_at=now - timedelta(days=1), dedupe_key="older")
    newer = deliver(person)
    assert list(inbox.messages_of(resident_user)) == [newer, older]


def test_unread_messages_are_counted_in_one_query(
    deliver: Callable[..., Notice],
    resident_user: User,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    deliver(resident_user.resident, read_at=now, dedupe_key="read")
    unread = deliver(resident_user.resident)
    with django_assert_num_queries(1):
        assert inbox.unread_count(resident_user) == 1
    with django_assert_num_queries(1):
        assert [message.pk for message in inbox.unread_notices(resident_user)] == [unread.pk]


def test_a_message_is_read_in_the_pages_language(
    deliver: Callable[..., Notice], resident_user: User
) -> None:
    notice = deliver(resident_user.resident)
    with translation.override("en"):
        message = inbox.opened(notice)
    assert message.title == "Your seat is taken: 春季养生"
    assert message.url == "/activities/7/"


def test_a_kind_that_is_gone_still_opens(
    deliver: Callable[..., Notice], resident_user: User
) -> None:
    assert inbox.opened(deliver(resident_user.resident, kind="nobody.knows")).title
