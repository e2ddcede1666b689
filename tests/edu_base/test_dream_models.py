"""What the database itself refuses of enterprises, their places and nominations."""

from typing import Any

import pytest

from diedie_edu.accounts.models import User
from edu_base.models import Allotment, Application, Enterprise, Nomination
from tests.conftest import NOW
from tests.support.dream import make_allotment, make_enterprise, nominate
from tests.support.education import make_application, make_intake, make_year
from tests.support.refusals import guard_that_stops, refused_by

TODAY = NOW.date()


@pytest.fixture
def allotment(staff_user: User) -> Allotment:
    make_intake(make_year("dream", target=25, places=13))
    return make_allotment(staff_user, 3)


@pytest.fixture
def nomination(allotment: Allotment) -> Nomination:
    return nominate(allotment, "黄学勤", "13612345678")


@pytest.mark.parametrize("code", ["", "91110000600037341", "91110000600037341I"])
def test_a_code_has_its_shape(code: str, db: None) -> None:
    with refused_by("enterprise_has_a_credit_code"):
        Enterprise.objects.filter(pk=make_enterprise().pk).update(credit_code=code)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("enterprises_nominate_for_the_dream_scheme", {"scheme": "households"}),
        ("allotment_is_kept", {"places": 0}),
        ("link_of_an_allotment_ends", {"link_number": 1}),
    ],
)
def test_places_of_an_enterprise(name: str, wrong: dict[str, Any], nomination: Nomination) -> None:
    with refused_by(name):
        Allotment.objects.filter(pk=nomination.allotment_id).update(**wrong)


def test_places_are_given_once_a_year(allotment: Allotment, staff_user: User) -> None:
    with refused_by("allotment_once_a_year"):
        allotment.pk = None
        allotment.save(force_insert=True)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("nomination_is_somebodys_or_forgotten", {"full_name": ""}),
        ("nomination_is_somebodys_or_forgotten", {"forgotten_at": NOW}),
        ("nomination_ends_in_some_way", {"ended_at": NOW}),
        ("nomination_ends_in_some_way", {"ending": "lapsed"}),
    ],
)
def test_a_nomination(name: str, wrong: dict[str, Any], nomination: Nomination) -> None:
    with refused_by(name):
        Nomination.objects.filter(pk=nomination.pk).update(**wrong)


def test_a_nomination_is_of_the_year_of_its_allotment(nomination: Nomination) -> None:
    with refused_by("nomination_is_of_its_allotment"):
        Nomination.objects.filter(pk=nomination.pk).update(year=nomination.year - 1)


def test_nothing_is_made_of_it_before_the_yes(nomination: Nomination, staff_user: User) -> None:
    own = make_application(staff_user, nomination.allotment.scheme_year.intakes.get())
    with refused_by("nothing_is_made_of_a_nomination_before_its_yes"):
        Nomination.objects.filter(pk=nomination.pk).update(application=own)


def test_one_number_is_nominated_once(nomination: Nomination) -> None:
    other = nominate(nomination.allotment)
    with refused_by("one_number_is_nominated_once"):
        Nomination.objects.filter(pk=other.pk).update(
            phone=nomination.phone, phone_key=nomination.phone_key
        )


def test_one_number_confirms_one_person(nomination: Nomination) -> None:
    own = Nomination.objects.filter(pk=nomination.pk)
    own.update(confirmed_at=NOW, ended_at=NOW, ending="declined")
    other = nominate(nomination.allotment)
    with refused_by("one_number_confirms_one_person"):
        Nomination.objects.filter(pk=other.pk).update(
            phone=nomination.phone, phone_key=nomination.phone_key
        )


def test_counters_follow_whatever_the_way(nomination: Nomination) -> None:
    """`allotted_follows_the_allotments` and `used_follows_the_nominations`."""
    allotment = nomination.allotment
    Nomination.objects.filter(pk=nomination.pk).update(ended_at=NOW, ending="lapsed")
    allotment.refresh_from_db()
    assert allotment.used == 0
    Nomination.objects.all().delete()
    Allotment.objects.update(returned=2)
    allotment.scheme_year.refresh_from_db()
    assert allotment.scheme_year.allotted == 1


def test_only_a_nominated_worker_needs_no_account(staff_user: User, allotment: Allotment) -> None:
    row = make_application(staff_user, allotment.scheme_year.intakes.get())
    assert (
        guard_that_stops(lambda: Application.objects.filter(pk=row.pk).update(made_by=None))
        == "application_was_entered_by_somebody"
    )
