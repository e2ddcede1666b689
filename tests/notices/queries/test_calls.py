"""Whom no message of an event reached stands on the call list, of every kind."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.manifests import parts_of
from diedie_edu.notices import outbox
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.actions.seen import note_reached, take_back_reached
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.messages import CODES
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.notices.queries import calls
from diedie_edu.people.models import Guardianship, Household, Resident
from residents_school.models import Lecture
from tests.notices.conftest import FACTS
from tests.support.children import NINE, consented

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ALL = {EVERYWHERE}
KINDS = [kind for kind in parts_of(Kind) if kind not in CODES.values()]
ALARMS = [kind for kind in KINDS if kind.alarm]
OF_A_CHILD = next(kind for kind in ALARMS if kind.code.startswith("after_school."))


@pytest.fixture
def tell(now: datetime) -> Callable[..., None]:
    """Tell people of something, and carry the outbox out."""

    def tell(kind: Kind = SEATED, *people: Resident, **more: object) -> None:
        given = {"subject": "activity:7", "data": FACTS, "now": now} | more
        notify(kind=kind, recipients=[person.pk for person in people], **given)
        outbox.deliver()

    return tell


def names(now: datetime, scopes: set[str] = ALL) -> list[str]:
    return sorted(str(row.addressee) for row in calls.to_call(scopes, now))


CALLED = [kind for kind in KINDS if kind.code not in calls.quiet_codes()]


@pytest.mark.parametrize("kind", CALLED, ids=lambda kind: kind.code)
def test_of_every_kind_whom_nothing_reached_is_to_be_called(
    tell: Callable[..., None],
    make_resident: Callable[..., Resident],
    resident_user: User,
    kind: Kind,
    now: datetime,
) -> None:
    """An elder without a phone, a wrong number; not a family with one phone, nor an account."""
    home = Household.objects.create(label="12-3-501", phone="13900139000")
    elder, wrong = make_resident(full_name="无号码"), make_resident(phone="13800138000")
    family = [make_resident(full_name=name, household=home) for name in ("母亲", "女儿")]
    tell(kind, elder, wrong, *family, resident_user.resident)
    Notice.objects.filter(recipient=wrong, channel="sms").update(status="failed")
    assert names(now) == sorted(["无号码", wrong.full_name])
    [line] = calls.lines(ALL, now)
    assert (line.number, line.is_alarm) == (2, False)
    assert line.title
    assert "{" not in line.title
    of = {call.notice.recipient: call for call in calls.calls_about(line.notice, ALL, now)}
    assert all(call.text for call in of.values())
    assert [number.phone for number in of[wrong].numbers] == ["13800138000"]
    assert not of[elder].numbers


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_of_every_kind_an_account_without_a_resident_hears(
    tell: Callable[..., None], staff_user: User, kind: Kind, now: datetime
) -> None:
    staff_user.resident.delete()
    tell(kind, accounts=[staff_user.pk])
    heard = Notice.objects.filter(account=staff_user).values_list("channel", "status")
    rings = kind.sort is None or kind.sort.rings
    by_phone = [("sms", "sent" if rings else "suppressed")] if Channel.SMS in kind.channels else []
    assert sorted(heard) == [("inbox", "delivered"), *by_phone]
    assert names(now) == []


def test_somebody_with_a_phone_or_a_reader_is_not_called(
    tell: Callable[..., None],
    make_resident: Callable[..., Resident],
    resident_user: User,
    now: datetime,
) -> None:
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(account=resident_user).update(household=home)
    child = make_resident()
    Guardianship.objects.create(guardian=resident_user.resident, child=child, relation="mother")
    tell(SEATED, make_resident(phone="13800138000"), make_resident(household=home), child)
    assert names(now) == []


@pytest.mark.parametrize("status", ["failed", "unknown", "expired", "suppressed"])
def test_a_message_that_did_not_arrive_reaches_nobody(
    make_notice: Callable[..., Notice], now: datetime, status: str
) -> None:
    notice = make_notice(status=status, settled_at=now)
    assert list(calls.to_call(ALL, now)) == [notice]


@pytest.mark.parametrize("status", ["queued", "sent", "delivered"])
def test_one_channel_that_reaches_is_enough(
    make_notice: Callable[..., Notice], now: datetime, status: str
) -> None:
    settled_at = None if status == "queued" else now
    first = make_notice(status="failed", settled_at=now)
    make_notice(first.recipient, Channel.INBOX, status=status, settled_at=settled_at)
    assert names(now) == []


def test_what_is_sent_again_is_not_called_meanwhile(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    first = make_notice(status="failed", settled_at=now)
    again = make_notice(first.recipient, Channel.EMAIL)
    assert names(now) == []
    Notice.objects.filter(pk=again.pk).update(status="failed", settled_at=now)
    assert list(calls.to_call(ALL, now)) == [again]


@pytest.mark.parametrize("days", [0, 14])
def test_what_is_of_no_use_any_more_is_not_called(
    make_notice: Callable[..., Notice], now: datetime, days: int
) -> None:
    late = {"created_at": now - timedelta(days=days)} if days else {"expires_at": now}
    make_notice(status="failed", settled_at=now, **late)
    assert names(now) == []


def test_what_is_cancelled_is_not_called(
    tell: Callable[..., None], make_resident: Callable[..., Resident], now: datetime
) -> None:
    tell(SEATED, make_resident())
    cancel(subject="activity:7", now=now)
    assert names(now) == []


def test_whoever_was_reached_by_telephone_is_off_the_list_until_that_is_taken_back(
    tell: Callable[..., None],
    make_resident: Callable[..., Resident],
    staff_user: User,
    now: datetime,
) -> None:
    tell(SEATED, make_resident(full_name="甲"), make_resident(full_name="乙"))
    notice = next(row for row in calls.to_call(ALL, now) if str(row.addressee) == "甲")
    note_reached(notice=notice, by=staff_user, now=now)
    assert names(now) == ["乙"]
    found = {str(row.notice.addressee): row.reached for row in calls.calls_about(notice, ALL, now)}
    assert (found["甲"].by, found["乙"]) == (staff_user, None)
    take_back_reached(notice=notice)
    assert names(now) == ["乙", "甲"]


def test_reached_of_one_event_is_not_reached_of_the_next(
    tell: Callable[..., None],
    make_resident: Callable[..., Resident],
    staff_user: User,
    now: datetime,
) -> None:
    person = make_resident()
    tell(SEATED, person)
    note_reached(notice=calls.to_call(ALL, now).get(), by=staff_user, now=now)
    tell(SEATED, person, revision=2)
    assert calls.to_call(ALL, now).get().event.endswith(":2")
    assert calls.numbers_to_call(ALL, now) == (0, 1)


# --- Alarms ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALARMS, ids=lambda kind: kind.code)
def test_an_alarm_that_reaches_nobody_is_an_alarm_on_the_desk(
    tell: Callable[..., None], make_resident: Callable[..., Resident], kind: Kind, now: datetime
) -> None:
    tell(kind, subject="child:1")
    tell(kind, make_resident(), subject="child:2")
    assert {row.subject for row in calls.unheard_alarms(ALL, now)} == {"child:1", "child:2"}
    assert [line.is_alarm for line in calls.lines(ALL, now)] == [True, True]


def test_an_alarm_that_somebody_hears_is_none(
    tell: Callable[..., None],
    make_resident: Callable[..., Resident],
    staff_user: User,
    now: datetime,
) -> None:
    tell(ALARMS[0], make_resident(), accounts=[staff_user.pk])
    assert not calls.unheard_alarms(ALL, now).exists()
    assert [line.is_alarm for line in calls.lines(ALL, now)] == [False]


@pytest.mark.parametrize("seen_to", ["alarm", "person"])
def test_it_stays_until_somebody_sees_to_it(
    tell: Callable[..., None],
    make_resident: Callable[..., Resident],
    staff_user: User,
    now: datetime,
    seen_to: str,
) -> None:
    tell(ALARMS[0], make_resident())
    rows = {"alarm": calls.unheard_alarms(ALL, now), "person": calls.to_call(ALL, now)}
    note_reached(notice=rows[seen_to].get(), by=staff_user, now=now)
    assert not calls.unheard_alarms(ALL, now).exists()


def test_an_alarm_that_is_cancelled_is_none(tell: Callable[..., None], now: datetime) -> None:
    tell(ALARMS[0])
    cancel(subject="activity:7", now=now)
    assert not calls.unheard_alarms(ALL, now).exists()


# --- Whose -----------------------------------------------------------------------------


def test_a_lead_sees_what_is_said_in_the_programme(
    tell: Callable[..., None],
    make_resident: Callable[..., Resident],
    make_lecture: Callable[..., Lecture],
    now: datetime,
) -> None:
    lecture = make_lecture()
    tell(SEATED, make_resident(full_name="听讲座"), subject=f"activity:{lecture.pk}")
    tell(SEATED, make_resident(full_name="别处"), subject="activity:999999")
    tell(OF_A_CHILD, make_resident(full_name="家长"), subject="child:5")
    assert names(now, {"residents-school"}) == ["听讲座"]
    assert names(now, {"after-school"}) == ["家长"]
    assert names(now, {"happy-square"}) == names(now, set()) == []
    assert len(names(now)) == 3


def test_codes_are_nobodys_call(now: datetime, make_notice: Callable[..., Notice]) -> None:
    notice = make_notice(status="failed", settled_at=now)
    code = {"recipient": None, "address": "13800138000", "event": ""}
    Notice.objects.filter(pk=notice.pk).update(**code)
    assert not calls.to_call(ALL, now).exists()


def test_the_children_that_a_page_shows(
    tell: Callable[..., None], make_resident: Callable[..., Resident], now: datetime
) -> None:
    child = consented(make_resident(full_name="小满", birth_date=NINE))
    tell(SEATED, child)
    tell(OF_A_CHILD, subject="child:5")
    rows = list(Notice.objects.order_by("pk"))
    assert calls.children_told_of(rows) == {5}
    found = calls.calls_about(rows[0], ALL, now)
    assert calls.children_called(found, now) == {child.pk}


# --- The cost --------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_and_a_line_of_it_take_as_many_queries_for_any_number(
    tell: Callable[..., None],
    make_resident: Callable[..., Resident],
    django_assert_num_queries: DjangoAssertNumQueries,
    now: datetime,
    number: int,
) -> None:
    tell(SEATED, *(make_resident() for _ in range(number)))
    with django_assert_num_queries(3):
        [line] = calls.lines(ALL, now)
    with django_assert_num_queries(3):
        assert len(calls.calls_about(line.notice, ALL, now)) == number
    with django_assert_num_queries(1):
        assert calls.numbers_to_call(ALL, now) == (0, number)
