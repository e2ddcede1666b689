from random import Random

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Guardianship, Household, Resident
from diedie_edu.people.queries import family_of, has_reader, ids_read_by

pytestmark = pytest.mark.django_db


def test_a_family_is_oneself_first_and_those_at_home_without_an_account(
    resident_user, stranger, make_resident
):
    home = Household.objects.create(label="1-1")
    for user in (resident_user, stranger):
        user.resident.household = home
        user.resident.save()
    child = make_resident(full_name="阿明", household=home)
    make_resident(full_name="别家")

    assert family_of(resident_user) == [resident_user.resident, child]


def test_whoever_lives_alone_acts_for_themselves(resident_user, make_resident):
    make_resident()

    assert family_of(resident_user) == [resident_user.resident]


def test_an_account_without_a_person_has_no_family(resident_user):
    resident_user.resident.delete()

    assert family_of(resident_user) == []


@pytest.mark.parametrize("seed", range(5))
def test_whose_messages_are_read_is_the_same_from_either_side(seed, make_user, make_resident):
    """In any tangle of households, guardians, and accounts that may or may not sign in."""
    chance = Random(seed)
    homes = [Household.objects.create(label=f"1-{seed}-{number}") for number in range(4)]
    users = [make_user(is_active=chance.random() < 0.6) for _ in range(6)]
    people = [*(user.resident for user in users), *(make_resident() for _ in range(10))]
    for person in people:
        person.household = chance.choice([*homes, None])
        person.save()
    for _ in range(5):
        guardian, child = chance.sample(people, 2)
        Guardianship.objects.get_or_create(guardian=guardian, child=child, relation="mother")
    readers = User.objects.filter(is_active=True)
    read = {
        pk
        for user in readers
        for pk in Resident.objects.filter(pk__in=ids_read_by(user)).values_list("pk", flat=True)
    }
    assert set(Resident.objects.filter(has_reader("pk")).values_list("pk", flat=True)) == read
