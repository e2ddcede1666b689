"""How people come to belong to a family, by themselves or at the desk."""

from collections.abc import Callable

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.people.actions import families
from diedie_edu.people.actions.families import Entry
from diedie_edu.people.models import Household, PersonEvent, Resident
from diedie_edu.people.queries import family_of
from tests.conftest import NOW
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
PHONE = "13955550001"


@pytest.fixture
def own(resident_user: User) -> Resident:
    return resident_user.resident


@pytest.fixture
def add(own: Resident, resident_user: User) -> Callable[..., Resident]:
    def make(name: str, house: str = "12-3-501") -> Resident:
        own.refresh_from_db()
        given = {"full_name": name, "house": house, "by": resident_user, "now": NOW}
        return families.add_relative(own=own, **given)

    return make


@pytest.fixture
def join(own: Resident, resident_user: User) -> Callable[..., Resident]:
    def make(name: str, phone: str = PHONE) -> Resident:
        own.refresh_from_db()
        given = {"full_name": name, "phone": phone, "house": "12-3-501"}
        return families.join_family(own=own, **given, by=resident_user, now=NOW)

    return make


def test_an_elder_without_a_phone_is_acted_for(add, own, resident_user):
    mother = add("李梅")
    assert family_of(resident_user) == [own, mother]
    assert Household.objects.get().label == "12-3-501"
    kept = [(row.resident, row.kind, row.by) for row in PersonEvent.objects.order_by("pk")]
    assert kept == [(own, "family", resident_user), (mother, "family", resident_user)]


def test_nobody_joins_a_family_by_its_house_number(add, make_resident):
    make_resident(household=Household.objects.create(label="12-3-501"))
    assert code_of(lambda: add("李梅")) == "house_taken"


def test_nobody_stands_in_a_family_twice_or_fills_it_with_names(add):
    add("李梅")
    assert code_of(lambda: add("李 梅")) == "at_home"
    for number in "一二三四五六七":
        add(f"张{number}")
    assert code_of(lambda: add("张八")) == "family_full"


def test_whoever_has_a_phone_is_the_one_of_the_register(join, make_resident):
    known = make_resident(full_name="李梅", phone=PHONE)
    assert join("李梅") == known
    assert Resident.objects.filter(full_name="李梅").count() == 1


def test_an_account_joins_and_goes_on_acting_for_itself(join, make_user, resident_user, own):
    other = make_user(phone=PHONE)
    other.resident.full_name, other.resident.phone = "李梅", PHONE
    other.resident.save()
    assert join("李梅") == other.resident
    assert family_of(resident_user) == [own]


def test_nobody_is_taken_from_those_they_live_with(join, make_resident):
    elsewhere = Household.objects.create(label="9-1-101")
    make_resident(full_name="李梅", phone=PHONE, household=elsewhere)
    make_resident(household=elsewhere)
    assert code_of(lambda: join("李梅")) == "other_home"
    assert not Household.objects.filter(label="12-3-501").exists()


def test_who_leaves_a_family_acts_for_nobody_there(add, own, resident_user):
    add("李梅")
    own.refresh_from_db()
    families.leave_family(own=own, by=resident_user, now=NOW)
    assert family_of(resident_user) == [Resident.objects.get(pk=own.pk)]


def test_the_desk_enters_a_household_with_those_known_already(make_resident, staff_user):
    known = make_resident(full_name="李梅")
    entered = families.enter_people(
        entries=[Entry("陈建城"), Entry("李梅", known=known)],
        house="12-3-501",
        residency="worker",
        phone="0757-81234567",
        by=staff_user,
        now=NOW,
    )
    home = Household.objects.get()
    assert list(home.members.order_by("pk")) == sorted(entered, key=lambda one: one.pk)
    assert home.phone == "0757-81234567"
    assert [one.residency for one in entered] == ["worker", "permanent"]
    assert [row.kind for row in PersonEvent.objects.order_by("pk")] == ["entered", "family"]
