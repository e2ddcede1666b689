from datetime import date

import pytest

from diedie_edu.accounts.models import PrivacyNotice, RoleChange, RoleGrant
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.actions.residents import (
    change_contact,
    match_volunteer_roles,
    register_resident,
)
from diedie_edu.people.models import Resident, Volunteer
from tests.support.children import consented
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
PHONE, NAME = "13812345678", "陈建城"


@pytest.fixture
def register(now):
    """Somebody registers with PHONE and NAME unless told otherwise."""
    notice = PrivacyNotice.objects.create(version="1", text="告知", text_en="", in_force_from=now)

    def register(**changes) -> Resident:
        fields = {"phone": PHONE, "full_name": NAME, "password": None, "language": "zh-hans"}
        fields |= {"residency": "permanent"}
        return register_resident(**(fields | {"notice": notice, "now": now} | changes))

    return register


def roles_of(resident: Resident) -> set[str]:
    return set(RoleGrant.objects.filter(user=resident.account).values_list("role", flat=True))


def test_whoever_registers_becomes_a_resident_with_an_account(register):
    resident = register()

    assert (resident.full_name, resident.phone, resident.account.phone) == (NAME, PHONE, PHONE)
    assert roles_of(resident) == {Role.RESIDENT}


def test_somebody_whom_staff_have_entered_is_taken_over(register, make_resident):
    known = make_resident(full_name=NAME, phone=PHONE)

    assert register() == known


@pytest.mark.parametrize(
    ("noted", "said", "stands"),
    [("permanent", "worker", "worker"), ("outside", "permanent", "outside")],
)
def test_where_one_belongs_is_asked_and_the_word_of_staff_stays(
    register, make_resident, noted, said, stands
):
    make_resident(full_name=NAME, phone=PHONE, residency=noted)

    assert register(residency=said).residency == stands


def test_where_two_fit_a_person_is_added(register, make_resident):
    doubles = [make_resident(full_name=NAME, phone=PHONE) for _double in range(2)]

    assert register() not in doubles


def test_somebody_with_an_account_is_never_taken_over(register, make_user):
    make_user(phone=PHONE, display_name=NAME)

    assert code_of(register) == "account_exists"


def test_a_child_does_not_register_alone(register, make_resident):
    consented(make_resident(full_name=NAME, phone=PHONE, birth_date=date(2020, 1, 1)))

    assert code_of(register) == "guardian_first"


def test_a_volunteer_who_registers_has_the_role_at_once(register, make_resident):
    known = make_resident(full_name=NAME, phone=PHONE)
    Volunteer.objects.create(resident=known, kinds=["expert"])

    assert roles_of(register()) == {Role.RESIDENT, Role.VOLUNTEER}


def test_roles_follow_service_and_leave_a_line_each(make_user, staff_user, now):
    users = [make_user(), make_user(), make_user()]
    serving, resting = (
        Volunteer.objects.create(resident=user.resident, kinds=["expert"]) for user in users[:2]
    )
    residents = [user.resident.pk for user in users]

    match_volunteer_roles(residents=residents, by=staff_user, now=now)
    Volunteer.objects.filter(pk=resting.pk).update(is_active=False)
    for _again in range(2):
        match_volunteer_roles(residents=residents, by=staff_user, now=now)

    assert RoleGrant.objects.get(role=Role.VOLUNTEER).user == serving.resident.account
    assert list(RoleChange.objects.order_by("pk").values_list("is_given", flat=True)) == [
        *(True, True, False)
    ]


def test_how_somebody_wishes_to_be_told_is_their_own(make_resident):
    resident = make_resident(phone=PHONE)

    change_contact(resident=resident, email="a@b.cn", wants_sms=False, wants_email=True)

    resident.refresh_from_db()
    assert (resident.email, resident.wants_sms, resident.phone) == ("a@b.cn", False, PHONE)
