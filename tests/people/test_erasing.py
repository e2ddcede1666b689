"""Who asked to be erased: by when, what stands in the way, and two at once."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.calendar import Calendar
from diedie_edu.people.actions import erasing
from diedie_edu.people.actions.matters import matters_of
from diedie_edu.people.models import ErasureRequest, Household, Resident, Volunteer
from diedie_edu.people.rules import erasures as rules
from tests.conftest import NOW
from tests.support.races import meanwhile, together
from tests.support.refusals import code_of, guard_that_stops

ABOUT = {"scope": "all", "seen": "signed_in", "now": NOW}


def asked(user: User, **more: object) -> ErasureRequest:
    facts = {"resident": user.resident, "account": user, "by": user} | ABOUT | more
    return erasing.ask(**facts)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 11, 23), date(2026, 12, 14)),
        (date(2026, 9, 25), date(2026, 10, 22)),  # over the National Day's week
        (date(2026, 2, 10), date(2026, 3, 9)),  # over Spring Festival and its make-up days
    ],
)
def test_fifteen_working_days_pass_over_festivals(day, due):
    assert rules.due_on(day, Calendar()) == due


@pytest.mark.django_db
def test_asking_twice_is_one_request_with_the_first_day(resident_user):
    first = asked(resident_user)
    again = asked(resident_user, now=NOW + timedelta(days=3), scope="account")
    assert (again.pk, again.due_on) == (first.pk, first.due_on)
    assert ErasureRequest.objects.get().scope == "account"


@pytest.mark.django_db
def test_last_branch_lead_stays_until_there_is_another(make_user):
    lead = make_user(Role.BRANCH_LEAD)
    request = asked(lead)
    assert [matter.stops for matter in matters_of(request, NOW)] == [True]
    carry = lambda: erasing.carry_out(request=request, by=None, now=NOW)  # noqa: E731
    assert code_of(carry) == "in_the_way"
    assert erasing.erase_due(now=NOW + timedelta(days=30)) == 0
    make_user(Role.BRANCH_LEAD)
    carry()
    assert User.rows.get(pk=lead.pk).erased_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.STAFF, Role.PROGRAMME_LEAD, None])
def test_accounts_of_staff_and_of_who_may_do_everything_are_closed_too(make_user, role):
    user = make_user(*[role] if role else [], scope="happy-square", is_superuser=role is None)
    erasing.carry_out(request=asked(user), by=None, now=NOW)
    closed = User.rows.get(pk=user.pk)
    assert (closed.phone, closed.is_superuser, closed.role_grants.count()) == ("", False, 0)


@pytest.mark.django_db
def test_desk_erases_nobody_with_more_power_than_its_own(make_user, staff_user):
    lead = make_user(Role.BRANCH_LEAD)
    assert code_of(lambda: asked(lead, by=staff_user)) == "account_above_yours"
    request = asked(lead)
    make_user(Role.BRANCH_LEAD)
    early = lambda: erasing.carry_out(request=request, by=staff_user, now=NOW)  # noqa: E731
    assert code_of(early) == "account_above_yours"


@pytest.mark.django_db
def test_household_of_others_stays_without_the_phone(make_user, make_resident):
    user = make_user(Role.RESIDENT)
    home = Household.objects.create(label="3-502", phone=user.phone)
    Resident.objects.filter(pk=user.resident.pk).update(household=home)
    make_resident(household=home)
    user.resident.refresh_from_db()
    erasing.carry_out(request=asked(user), by=None, now=NOW)
    assert Household.objects.get().phone == ""


@pytest.mark.django_db
def test_volunteer_without_hours_leaves_no_row(make_user):
    user = make_user(Role.RESIDENT, Role.VOLUNTEER)
    Volunteer.objects.create(resident=user.resident, kinds=["expert"], introduction="会修表")
    erasing.carry_out(request=asked(user), by=None, now=NOW)
    assert not Volunteer.objects.exists()


@pytest.mark.django_db
def test_no_request_is_done_while_somebody_is_there(resident_user):
    request = asked(resident_user)
    done = {"ending": "done", "ended_at": NOW}
    says = lambda: ErasureRequest.objects.filter(pk=request.pk).update(**done)  # noqa: E731
    assert guard_that_stops(says) == "an_erasure_that_is_done_has_left_nobody"


# --- Two at once -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_make_one_request(make_user):
    user = make_user(Role.RESIDENT)
    user.resident  # noqa: B018 (read before the threads)
    first, second = together(lambda: asked(user).pk, lambda: asked(user).pk)
    assert first == second
    assert ErasureRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_held", [True, False])
def test_whoever_takes_it_back_while_it_is_done_hears_that_it_is_too_late(
    make_user, monkeypatch, is_held
):
    """Negative control: without the lock on the request both would count."""
    user = make_user(Role.RESIDENT)
    request = asked(user)
    if not is_held:
        plain = lambda number: ErasureRequest.objects.get(pk=number)  # noqa: E731
        monkeypatch.setattr(erasing, "_locked_request", plain)
    back = lambda: code_of(  # noqa: E731
        lambda: erasing.withdraw(request=request, by=user, now=NOW)
    )
    with transaction.atomic():
        locked = erasing._locked_request(request.pk)
        beside = meanwhile(back)
        erasing.erase_person(resident=user.resident, now=NOW)
        erasing.erase_account(user=user, now=NOW)
        erasing._end(locked, "done", None, NOW) if is_held else None
    assert beside.result() == ("ended" if is_held else None)
    ErasureRequest.objects.all().delete()
