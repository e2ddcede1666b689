"""Enterprises and their places: never more than the target, and back when they are not used."""

from datetime import timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Organisation
from edu_base.actions import enterprises
from edu_base.actions.enterprises import Told
from edu_base.models import Allotment, Enterprise, SchemeYear
from tests.conftest import NOW
from tests.support.dream import CONTACT, credit_code, make_allotment, make_enterprise, nominate
from tests.support.education import make_intake, make_year
from tests.support.refusals import code_of, refused_by

TODAY, DAY = NOW.date(), timedelta(days=1)


@pytest.fixture
def year(db: None) -> SchemeYear:
    made = make_year("dream", target=10, places=5)
    make_intake(made)
    return made


def allotted(year: SchemeYear) -> int:
    year.refresh_from_db()
    return year.allotted


def test_an_enterprise_is_an_organisation_with_a_code(db: None) -> None:
    told = Told("叠二电器厂", credit_code(), "王经理", CONTACT)
    made = enterprises.keep(told=told, now=NOW)
    assert (made.organisation.kind, made.organisation.phone) == ("enterprise", CONTACT)
    assert code_of(lambda: enterprises.keep(told=told, now=NOW)) == "title_of_another"
    other = Told("叠二电器二厂", told.credit_code)
    assert code_of(lambda: enterprises.keep(told=other, now=NOW)) == "credit_code_known"


def test_an_organisation_that_is_known_becomes_one(db: None) -> None:
    known = Organisation.objects.create(title="叠二电器厂", kind="enterprise")
    made = enterprises.keep(told=Told(known.title, credit_code()), now=NOW)
    assert made.pk == known.pk
    club = Organisation.objects.create(title="书法协会", kind="association")
    told = Told(club.title, credit_code())
    assert code_of(lambda: enterprises.keep(told=told, now=NOW)) == "title_of_another"


def test_places_add_up_to_the_target_at_most(year: SchemeYear, staff_user: User) -> None:
    first = make_allotment(staff_user, 6, year)
    assert code_of(lambda: make_allotment(staff_user, 5, year)) == "over_target"
    make_allotment(staff_user, 4, year)
    assert allotted(year) == 10
    first.delete()
    assert allotted(year) == 4


def test_the_database_holds_the_target_whatever_the_way(year: SchemeYear, staff_user: User) -> None:
    row = make_allotment(staff_user, 6, year)
    with refused_by("allotments_keep_the_target"):
        Allotment.objects.filter(pk=row.pk).update(places=11)
    with refused_by("allotments_keep_the_target"):
        SchemeYear.objects.filter(pk=year.pk).update(target=5)


def test_only_the_dream_scheme_is_nominated_for(staff_user: User) -> None:
    households = make_year()
    with refused_by("allotment_is_of_its_year"):
        Allotment.objects.create(
            scheme_year=households,
            year=households.year,
            places=1,
            enterprise=make_enterprise(),
            made_by=staff_user,
            made_at=NOW,
        )


def test_what_is_used_stays_given(year: SchemeYear, staff_user: User) -> None:
    row = make_allotment(staff_user, 3, year)
    nominate(row)
    nominate(row)
    again = {"enterprise": row.enterprise, "year": year, "by": staff_user, "now": NOW}
    assert code_of(lambda: enterprises.allot(places=1, **again)) == "below_used"
    assert enterprises.allot(places=2, **again).free == 0


def test_unused_places_come_back_after_the_day(year: SchemeYear, staff_user: User) -> None:
    row, idle = make_allotment(staff_user, 6, year), make_allotment(staff_user, 4, year)
    nominate(row)
    enterprises.end_nominating(year=year, on=TODAY)
    enterprises.give_back_unused(NOW)
    assert allotted(year) == 10, "the day itself counts"
    for _turn in range(2):
        enterprises.give_back_unused(NOW + DAY)
        assert allotted(year) == 1
    idle.refresh_from_db()
    assert (idle.returned, idle.free) == (4, 0)
    make_allotment(staff_user, 9, year)
    assert allotted(year) == 10, "they are given to others"


def test_the_link_goes_to_the_contacts_mobile(year: SchemeYear, staff_user: User) -> None:
    row = make_allotment(staff_user, 3, year)
    sent = {"until": TODAY + DAY, "by": staff_user, "now": NOW}
    for number in (1, 2):
        assert enterprises.send_link(allotment=row, **sent).link_number == number
    notice = Notice.objects.order_by("pk").last()
    assert (notice.address, notice.data["nominating"]) == (CONTACT, [row.pk, 2])
    passed = sent | {"until": TODAY - DAY}
    assert code_of(lambda: enterprises.send_link(allotment=row, **passed)) == "until_passed"
    Organisation.objects.filter(enterprise=row.enterprise).update(phone="0757-81234567")
    assert code_of(lambda: enterprises.send_link(allotment=row, **sent)) == "no_contact"


def test_who_has_places_left_is_reminded_once(year: SchemeYear, staff_user: User) -> None:
    row = make_allotment(staff_user, 2, year)
    enterprises.end_nominating(year=year, on=TODAY + 6 * DAY)
    sent = {"until": TODAY + 9 * DAY, "by": staff_user, "now": NOW}
    enterprises.send_link(allotment=row, **sent)
    assert enterprises.remind(NOW) == 0
    assert [enterprises.remind(NOW + DAY), enterprises.remind(NOW + DAY)] == [1, 0]
    told = Notice.objects.get(kind="edu_base.nominating_reminder")
    assert (told.address, told.data["number"]) == (CONTACT, 2)


def test_a_code_stands_once(db: None) -> None:
    one, other = make_enterprise(), make_enterprise()
    with refused_by("enterprise_once"):
        Enterprise.objects.filter(pk=one.pk).update(credit_code=other.credit_code)
