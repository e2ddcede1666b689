"""What staff see of a message that did not get through."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from diedie_edu.accounts.models import User
from diedie_edu.notices.actions import send_again
from diedie_edu.notices.models import Attempt, Channel, Notice, Reason, Status
from diedie_edu.notices.queries import addresses, trouble
from diedie_edu.people.models import Guardianship, Resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_trouble(make_notice: Callable[..., Notice], now: datetime) -> Callable[..., Notice]:
    def make(resident: Resident | None = None, **fields: object) -> Notice:
        given = {"status": Status.FAILED, "settled_at": now} | fields
        notice = make_notice(resident, **given)
        Attempt.objects.create(
            notice=notice, number=1, lease=notice.reference, started_at=now, reason=Reason.REFUSED
        )
        return notice

    return make


def test_only_failed_and_unknown_ones_are_listed(
    make_trouble: Callable[..., Notice], make_notice: Callable[..., Notice], now: datetime
) -> None:
    failed, unknown = make_trouble(), make_trouble(status=Status.UNKNOWN)
    make_notice()
    make_notice(status=Status.SENT, settled_at=now)
    assert set(trouble.troubled()) == {failed, unknown}
    assert list(trouble.troubled(status="unknown")) == [unknown]
    assert set(trouble.troubled(status="sent")) == {failed, unknown}


def test_they_are_found_by_name_and_channel(
    make_trouble: Callable[..., Notice], make_resident: Callable[..., Resident]
) -> None:
    mail = make_trouble(channel=Channel.EMAIL)
    named = make_trouble(make_resident(full_name="欧阳晓", phone="13800138000"))
    assert list(trouble.troubled(channel="email")) == [mail]
    assert list(trouble.troubled(name="欧阳")) == [named]


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_a_constant_number_of_queries(
    make_trouble: Callable[..., Notice],
    make_resident: Callable[..., Resident],
    staff_user: User,
    now: datetime,
    number: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(number):
        child = make_resident()
        parent = make_resident(phone="13900139000")
        Guardianship.objects.create(guardian=parent, child=child, relation="mother")
        again = send_again(notice=make_trouble(child), by=staff_user, now=now)
        Notice.objects.filter(pk=again.pk).update(status=Status.FAILED, settled_at=now)
        again.attempts.create(number=1, lease=again.reference, started_at=now)
    with django_assert_num_queries(3):
        rows = [trouble.trouble_row(notice, now) for notice in trouble.troubled()]
        assert {len(row.notice.attempts.all()) for row in rows} == {1}
    assert {row.address for row in rows} == {"139****9000"}
    assert {row.notice.again_by for row in rows} == {staff_user}


def test_addresses_are_masked(
    make_notice: Callable[..., Notice], make_resident: Callable[..., Resident]
) -> None:
    mail = make_notice(channel=Channel.EMAIL)
    assert addresses.masked_address(mail) == "l***@example.org"
    own = make_notice(make_resident(phone="13800138000"))
    assert addresses.masked_address(own) == "138****8000"
    assert addresses.masked_address(make_notice(make_resident())) == ""


def test_why_it_cannot_be_sent_again_is_said(
    make_trouble: Callable[..., Notice], now: datetime
) -> None:
    with translation.override("en"):
        assert trouble.trouble_row(make_trouble(), now).reason_against is None
        late = trouble.trouble_row(make_trouble(expires_at=now), now)
        assert "too late" in str(late.reason_against)


def test_a_kind_that_is_gone_is_still_listed(
    make_trouble: Callable[..., Notice], now: datetime
) -> None:
    assert trouble.trouble_row(make_trouble(kind="nobody.knows"), now).title == "nobody.knows"
