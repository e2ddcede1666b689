"""Whoever is erased, or merged into another row, in all that Happy Square keeps of people."""

from datetime import date, timedelta

import pytest

from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.people.actions.residents import forget
from diedie_edu.people.models import Resident
from happy_square.models import (
    Group,
    GroupApplication,
    HandOver,
    JoinRequest,
    Leadership,
    Membership,
    Trial,
)
from tests.conftest import NOW
from tests.support.groups import TODAY, lead, make_group, make_kind, meet_up, member
from tests.support.merging import merged

pytestmark = pytest.mark.django_db
OURS = [GroupApplication, HandOver, JoinRequest, Leadership, Membership, Trial]


@pytest.fixture
def person(make_resident) -> Resident:
    """Somebody who leads, belongs, asks, tries and applies."""
    person = make_resident(full_name="梁夏至")
    led = make_group(title="榕树舞蹈队")
    lead(led, person)
    HandOver.objects.create(group=make_group(), successor=person, offered_at=NOW)
    member(make_group(), person, since=date(2019, 5, 1))
    JoinRequest.objects.create(group=make_group(), resident=person, asked_at=NOW)
    tried = meet_up(make_group(), TODAY + timedelta(days=1))
    Trial.objects.create(occasion=tried, resident=person, asked_at=NOW)
    Attendance.objects.create(occasion=tried, resident=person, arrived_at=NOW)
    GroupApplication.objects.create(leader=person, title="新队", kind=make_kind(), capacity=20)
    return person


def rows_of(person: Resident) -> dict[str, int]:
    """How many rows of each sort name somebody."""
    columns = {GroupApplication: "leader", HandOver: "successor"}
    return {
        model.__name__: model.objects.filter(**{columns.get(model, "resident"): person}).count()
        for model in OURS
    }


def test_nothing_of_an_erased_person_is_left_and_the_groups_stay(person) -> None:
    groups = Group.objects.count()
    forget(person, NOW)
    assert set(rows_of(person).values()) == {0}
    assert not any(model.objects.exists() for model in OURS)
    assert Attendance.objects.get().resident is None
    assert Group.objects.count() == groups


def test_the_place_of_an_erased_member_goes_to_whoever_waits(person, make_resident) -> None:
    group = Group.objects.get(memberships__resident=person)
    Group.objects.filter(pk=group.pk).update(capacity=1)
    waits = SignUp.objects.create(
        activity=group.activity_ptr,
        resident=make_resident(),
        status=SignUp.Status.WAITING,
        signed_up_at=NOW,
    )
    forget(person, NOW)
    waits.refresh_from_db()
    assert waits.status == SignUp.Status.OFFERED


def test_all_of_a_merged_person_names_the_one_that_is_kept(person, make_resident) -> None:
    kept = make_resident(full_name="梁夏至")
    before = rows_of(person)
    merged(person, kept)
    assert set(before.values()) == {1}
    assert rows_of(kept) == before
    assert Membership.objects.get().since == date(2019, 5, 1)
