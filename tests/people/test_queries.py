import pytest

from diedie_edu.people.models import Household
from diedie_edu.people.queries import family_of

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
