"""A guardian is erased: a child with somebody else stays with them, a child without goes along."""

from datetime import timedelta

import pytest

from after_school.models import Collector, Enrolment, GuardianRight
from diedie_edu.people.actions import erasing
from diedie_edu.people.models import Consent, ErasureRequest, Guardianship, Resident
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import give_consent, seen
from tests.support.dumping import places_of
from tests.support.refusals import check_at_once, code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def asked(child, enrolment, session, mother) -> ErasureRequest:
    about = {"resident": mother.resident, "account": mother, "scope": "all", "seen": "signed_in"}
    return erasing.ask(**about, by=mother, now=NOW)


@pytest.fixture
def father(child, make_user):
    """Who answers for the child too, and has consented."""
    user = make_user("resident", display_name="陈大明")
    bond = {"guardian": user.resident, "child": child}
    Guardianship.objects.create(**bond, relation="father")
    give_consent(child, user.resident)
    GuardianRight.objects.create(**bond, place=2, **seen())
    return user.resident


def carried_out(asked: ErasureRequest, **how: object) -> None:
    check_at_once()
    erasing.carry_out(request=asked, **({"by": None, "now": NOW} | how))
    check_at_once()


def test_child_with_another_guardian_stays_and_hears_of_nothing_else(asked, child, father, mother):
    name, phone = mother.display_name, mother.phone
    carried_out(asked)
    right = GuardianRight.objects.get(child=child)
    assert (right.guardian, right.place, right.decides) == (father, 1, True)
    assert Enrolment.objects.filter(child=child).exists()
    assert not Guardianship.objects.exclude(guardian=father).exists()
    left = Collector.objects.get(child=child)
    assert (left.guardian, left.full_name, left.phone) == (None, "–", "–")
    assert left.ended_at is not None
    assert Consent.objects.get(ended_at=None).guardian == father
    assert places_of(name) | places_of(phone) == set()


def test_child_without_another_goes_along_on_the_last_day(asked, child):
    carried_out(asked, now=NOW + timedelta(days=21))
    assert not Resident.objects.filter(pk=child.pk).exists()
    assert not Enrolment.objects.exists()
    assert Consent.objects.get().ended_at is not None


def test_before_the_last_day_no_child_goes_along(asked, child, staff_user):
    early = lambda: carried_out(asked, by=staff_user)  # noqa: E731
    assert code_of(early) == "children"
    assert Resident.objects.filter(pk=child.pk).exists()


def test_nobody_is_erased_while_the_child_is_inside(asked, presence):
    assert code_of(lambda: carried_out(asked)) == "in_the_way"


def test_a_bar_stays_as_long_as_the_child_is_here(asked, child, father, staff_user, mother):
    barred = {"barred_at": NOW, "barred_by": staff_user, "barred_reason": "法院裁定"}
    Collector.objects.filter(child=child).update(**barred)
    carried_out(asked)
    row = Collector.objects.get(child=child)
    assert (row.full_name, row.guardian) == (mother.display_name, None)
    assert row.valid_from < TODAY
