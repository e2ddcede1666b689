"""Where a message goes, when, and what follows from an answer: pure decisions."""

from datetime import date, datetime, time, timedelta

import pytest
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.notices.channels.outcome import accepted, not_sent, refused, unknown
from diedie_edu.notices.models import Notice, Reason, Status
from diedie_edu.notices.rules.addresses import (
    Number,
    address_of,
    language_of,
    numbers_of,
    sms_address,
)
from diedie_edu.notices.rules.sending import Go, Stop, Wait, decide, settle_as
from diedie_edu.people.models import Guardianship, Household, Resident

MOBILE, OTHER, LANDLINE = "13800138000", "13900139000", "0757-81234567"
DAY = date(2026, 11, 23)
NEXT = DAY + timedelta(days=1)


def _person(guardians: list[Resident] | None = None, **fields: object) -> Resident:
    """A person as the queries hand them over, without a database."""
    person = Resident(pk=1, **fields)
    bonds = [Guardianship(guardian=guardian, child=person) for guardian in guardians or []]
    person._prefetched_objects_cache = {"guardians": bonds}
    return person


def _notice(person: Resident | None = None, **fields: object) -> Notice:
    return Notice(recipient=person or _person(phone=MOBILE), channel="sms", **fields)


@pytest.mark.parametrize(
    ("person", "address"),
    [
        (_person(phone=MOBILE, account=User(phone=OTHER)), MOBILE),
        (_person(phone=LANDLINE, account=User(phone=OTHER)), OTHER),
        (_person(household=Household(phone=OTHER)), OTHER),
        (_person(household=Household(phone=LANDLINE)), ""),
        (_person([Resident(phone=LANDLINE), Resident(phone=OTHER)]), OTHER),
        (_person([Resident(account=User(phone=OTHER))]), OTHER),
        (_person([Resident(phone=MOBILE, wants_sms=False), Resident(phone=OTHER)]), OTHER),
        (_person([Resident(phone=OTHER)], phone=MOBILE), MOBILE),
        (_person(phone=MOBILE, wants_sms=False), ""),
        (_person(), ""),
    ],
)
def test_a_text_message_finds_the_nearest_mobile(person: Resident, address: str) -> None:
    assert sms_address(person) == address


def test_a_missing_child_rings_guardians_who_want_no_text_messages() -> None:
    person = _person(phone=MOBILE, wants_sms=False)
    assert address_of(_notice(person, kind="after_school.missing")) == MOBILE
    assert address_of(_notice(person, kind="after_school.handed_over")) == ""


def test_e_mail_goes_to_whoever_wants_it(now: datetime) -> None:
    wanted = Notice(recipient=_person(email="a@example.org"), channel="email")
    unwanted = Notice(recipient=_person(email="a@example.org", wants_email=False), channel="email")
    noon = moment(DAY, time(12))
    assert decide(wanted, urgent=False, now=noon) == Go("a@example.org")
    assert decide(unwanted, urgent=False, now=noon) == Stop(Status.SUPPRESSED)


def test_a_code_goes_to_its_phone_in_its_language() -> None:
    notice = Notice(address=MOBILE, channel="sms", data={"language": "en"})
    assert decide(notice, urgent=True, now=moment(DAY, time(3))) == Go(MOBILE)
    assert language_of(notice) == "en"


@pytest.mark.parametrize(
    ("account", "channel", "address"),
    [
        (User(phone=MOBILE), "sms", MOBILE),
        (User(phone="051286888888"), "sms", ""),
        (User(phone=MOBILE, is_active=False), "sms", ""),
        (User(phone=MOBILE), "email", ""),
    ],
)
def test_an_account_is_written_to_by_its_own_phone(
    account: User, channel: str, address: str
) -> None:
    assert address_of(Notice(account=account, channel=channel)) == address


def test_the_wishes_of_the_person_behind_an_account_count() -> None:
    account = User(phone=MOBILE)
    account.resident = _person(email="a@example.org", wants_sms=False)
    assert address_of(Notice(account=account, channel="sms")) == ""
    assert address_of(Notice(account=account, channel="email")) == "a@example.org"


def test_whom_to_ring_and_whose_number_it_is() -> None:
    account = User(display_name="值班", phone=MOBILE)
    assert numbers_of(Notice(account=account)) == [Number("值班", MOBILE)]
    home = Household(label="12-3-501", phone="051286888888")
    person = _person(full_name="陈建城", phone=MOBILE, household=home, wants_sms=False)
    person.account = User(phone=MOBILE)
    numbers = [Number("陈建城", MOBILE), Number("12-3-501", "051286888888")]
    assert numbers_of(Notice(recipient=person)) == numbers
    assert numbers_of(Notice(recipient=_person(phone=""))) == []


def test_the_language_is_the_accounts() -> None:
    assert language_of(Notice(account=User(language="en"))) == "en"
    assert language_of(_notice(_person(account=User(language="en")))) == "en"
    assert language_of(_notice()) == "zh-hans"


def test_a_message_waits_through_the_night_unless_that_is_too_late() -> None:
    night, morning = moment(DAY, time(22)), moment(NEXT, time(8))
    assert decide(_notice(), urgent=False, now=night) == Wait(morning)
    later = _notice(expires_at=morning + timedelta(minutes=1))
    assert decide(later, urgent=False, now=night) == Wait(morning)
    too_late = _notice(expires_at=morning)
    assert decide(too_late, urgent=False, now=night) == Stop(Status.EXPIRED)


def test_nothing_goes_out_once_its_time_is_over() -> None:
    noon = moment(DAY, time(12))
    assert decide(_notice(expires_at=noon), urgent=True, now=noon) == Stop(Status.EXPIRED)
    in_time = _notice(expires_at=noon + timedelta(microseconds=1))
    assert decide(in_time, urgent=False, now=noon) == Go(MOBILE)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (accepted(), Status.SENT),
        (refused("HTTP 422"), Status.FAILED),
        (unknown(Reason.NO_ANSWER), Status.UNKNOWN),
        (not_sent(Reason.NOT_TAKEN), Status.QUEUED),
    ],
)
def test_an_answer_decides_the_state(outcome: object, status: Status, now: datetime) -> None:
    assert settle_as(outcome, _notice(), 1, now).status == status


def test_pauses_grow_and_a_gateway_may_ask_for_more(settings: Settings, now: datetime) -> None:
    settings.NOTICE_RETRIES = [10, 30]
    answer, busy = not_sent(Reason.NOT_TAKEN), not_sent(Reason.NOT_TAKEN, retry_after=90)
    pauses = [
        settle_as(outcome, _notice(), tries, now).next_try_at - now
        for outcome, tries in [(answer, 1), (answer, 2), (busy, 1)]
    ]
    assert [pause.total_seconds() for pause in pauses] == [10, 30, 90]


def test_no_gateway_can_ask_for_more_than_an_hour(now: datetime) -> None:
    busy = not_sent(Reason.NOT_TAKEN, retry_after=1e9)
    assert settle_as(busy, _notice(), 1, now).next_try_at == now + timedelta(hours=1)


def test_after_the_last_try_it_has_failed(settings: Settings, now: datetime) -> None:
    settings.NOTICE_RETRIES = [10, 30]
    assert settle_as(not_sent(Reason.NOT_TAKEN), _notice(), 3, now).status == Status.FAILED


def test_no_try_is_planned_past_the_expiry(settings: Settings, now: datetime) -> None:
    settings.NOTICE_RETRIES = [10]
    notice = _notice(expires_at=now + timedelta(seconds=10))
    assert settle_as(not_sent(Reason.NOT_TAKEN), notice, 1, now).status == Status.FAILED
