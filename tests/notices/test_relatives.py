"""Who hears for somebody without a phone: the relative who signed them up, with their name."""

from collections.abc import Callable

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.notices.bearers import sent_to
from diedie_edu.notices.models import Attempt, Notice
from diedie_edu.notices.outbox.calls import _letter
from diedie_edu.notices.outbox.rounds import deliver
from diedie_edu.notices.queries.addresses import with_address
from diedie_edu.notices.queries.calls import calls_about, to_call
from diedie_edu.notices.queries.links import page_behind
from diedie_edu.notices.rules.addresses import address_of, numbers_of
from diedie_edu.notices.text_messages import key_of
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
SCOPES = {EVERYWHERE}
DAUGHTER, SON = "13800138001", "13800138002"


@pytest.fixture
def home() -> Household:
    return Household.objects.create(label="9-2-301")


def grown_up(home: Household, name: str, phone: str) -> Resident:
    account = User.objects.create_user(phone=phone, password=None, display_name=name)
    return Resident.objects.create(full_name=name, phone=phone, account=account, household=home)


@pytest.fixture
def son(home: Household) -> Resident:
    """He comes first in the household, and signed nobody up."""
    return grown_up(home, "逄小某", SON)


@pytest.fixture
def daughter(home: Household, son: Resident) -> Resident:
    return grown_up(home, "逄大某", DAUGHTER)


@pytest.fixture
def old(home: Household) -> Resident:
    return Resident.objects.create(full_name="逄老某", household=home)


@pytest.fixture
def said(make_lecture: Callable[..., Lecture], daughter: Resident, old: Resident) -> Notice:
    """The daughter has signed the old one up; what a text message says of it."""
    activity = Activity.objects.get(pk=make_lecture(capacity=2).pk)
    seats.sign_up(activity=activity, resident=old, by=daughter.account, now=NOW)
    return Notice.objects.get(recipient=old, channel="sms")


def fresh(notice: Notice) -> Notice:
    return with_address(Notice.objects.filter(pk=notice.pk)).get()


def test_it_goes_to_whoever_signed_them_up_and_says_for_whom(said: Notice) -> None:
    notice = fresh(said)
    assert address_of(notice) == DAUGHTER
    assert "逄老某" in _letter(notice, DAUGHTER).text
    assert page_behind(key_of(notice.reference)) == f"/activities/{notice.data['activity']}/"


def test_the_others_of_the_family_hear_where_she_does_not_want_it(
    said: Notice, daughter: Resident
) -> None:
    Resident.objects.filter(pk=daughter.pk).update(wants_sms=False)
    assert address_of(fresh(said)) == SON


def test_nobody_hears_what_the_person_does_not_want(said: Notice, old: Resident) -> None:
    Resident.objects.filter(pk=old.pk).update(wants_sms=False)
    assert address_of(fresh(said)) == ""


def test_the_call_list_names_the_relative_and_for_whom(
    said: Notice, daughter: Resident, son: Resident
) -> None:
    Notice.objects.filter(recipient=said.recipient).update(status="failed", settled_at=NOW)
    (row,) = to_call(SCOPES, NOW)
    (call,) = calls_about(row, SCOPES, NOW)
    assert str(call.notice.recipient) == "逄老某"
    assert [(one.whose, one.phone) for one in call.numbers] == [
        ("逄大某", DAUGHTER),
        ("逄小某", SON),
    ]


@pytest.mark.parametrize("why", ["moves out", "moves away", "account ends"])
def test_whoever_is_no_relative_any_more_hears_nothing(
    said: Notice, daughter: Resident, son: Resident, why: str
) -> None:
    people = Resident.objects.filter(pk__in=[daughter.pk, son.pk])
    if why == "moves out":
        people.update(household=None)
    elif why == "moves away":
        people.update(departed_on=NOW.date(), departure="moved")
    else:
        User.objects.filter(resident__in=[daughter.pk, son.pk]).update(is_active=False)
    assert address_of(fresh(said)) == ""
    assert numbers_of(fresh(said)) == []


def test_without_a_relative_staff_ring_or_knock(said: Notice, home: Household) -> None:
    Resident.objects.filter(household=home).exclude(pk=said.recipient_id).update(household=None)
    deliver()
    assert {row.recipient_id for row in to_call(SCOPES, NOW)} == {said.recipient_id}


def test_a_link_that_went_to_her_ends_when_she_has_left_the_family(
    said: Notice, daughter: Resident
) -> None:
    Attempt.objects.create(
        notice=said, number=1, lease=said.reference, started_at=NOW, sent_to=sent_to(DAUGHTER)
    )
    assert page_behind(key_of(said.reference))
    Resident.objects.filter(pk=daughter.pk).update(household=None)
    assert page_behind(key_of(said.reference)) == ""


def test_a_list_of_messages_costs_the_same_for_one_and_for_many(
    said: Notice, django_assert_max_num_queries: Callable[..., object]
) -> None:
    rows = with_address(Notice.objects.filter(channel="sms"))
    with django_assert_max_num_queries(4):
        assert {address_of(row) for row in rows} == {DAUGHTER}
