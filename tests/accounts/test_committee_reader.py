"""The committee's reader: for one programme, from a day to a day, and nothing but reading."""

from datetime import date, time, timedelta

import pytest

from diedie_edu.accounts.actions import roles
from diedie_edu.accounts.actions.roles import Days
from diedie_edu.accounts.models import RoleChange, RoleGrant, User
from diedie_edu.accounts.permissions import Permission, Role
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.days import moment
from tests.conftest import NOW
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db
SQUARE = "happy-square"
MONTH = Days(date(2026, 11, 23), date(2026, 12, 22))
DAY = timedelta(days=1)


@pytest.fixture
def branch_lead(make_user):
    return make_user(Role.BRANCH_LEAD)


@pytest.fixture
def give(branch_lead, resident_user):
    def grant(days=MONTH, **fields):
        about = {"role": Role.COMMITTEE_READER, "scope": SQUARE, "by": branch_lead} | fields
        return roles.grant_role(user=resident_user, days=days, now=NOW, **about)

    return grant


def reads(user: User) -> bool:
    """As any code asks, anew."""
    has_it = user in accounts_with(Permission.READ_OFFICE, SQUARE)
    assert User.objects.get(pk=user.pk).may(Permission.READ_OFFICE, SQUARE) is has_it
    assert bool(User.objects.get(pk=user.pk).scopes(Permission.READ_OFFICE)) is has_it
    return has_it


def test_reads_in_one_programme_and_may_nothing_else(give, resident_user, clock):
    give()
    user = User.objects.get(pk=resident_user.pk)
    assert user.permissions == {Permission.TAKE_SEATS, Permission.READ_OFFICE}
    assert user.scopes(Permission.READ_OFFICE) == {SQUARE}
    assert not user.is_staff


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (moment(date(2026, 11, 22), time(23, 59)), False),
        (moment(date(2026, 11, 23)), True),
        (moment(date(2026, 12, 22), time(23, 59)), True),
        (moment(date(2026, 12, 23)), False),
    ],
)
def test_holds_from_the_first_day_to_the_last_by_the_clock_of_shanghai(
    at, holds, give, resident_user, clock
):
    give()
    clock.move_to(at)
    assert reads(resident_user) is holds


def test_whoever_is_signed_in_reads_until_midnight_and_no_minute_longer(make_user, as_user, clock):
    user = make_user(Role.COMMITTEE_READER, scope=SQUARE)
    RoleGrant.objects.update(first_day=MONTH.first_day, last_day=MONTH.last_day)
    clock.move_to(moment(date(2026, 12, 22), time(23, 59)))
    client = as_user(user)
    assert client.get("/desk/office/").status_code == 200
    clock.move_to(moment(date(2026, 12, 23)))
    answer = client.get("/desk/office/")
    assert answer.headers["Location"] == "/sign-in/?next=/desk/office/"


def test_a_session_that_began_before_the_first_day_does_not_grow_into_one(
    give, resident_user, as_user, clock
):
    give(Days(date(2026, 11, 25), date(2026, 12, 22)))
    client = as_user(resident_user)
    assert client.get("/desk/office/").status_code == 403
    clock.move_to(NOW + 2 * DAY)
    assert client.get("/desk/office/").headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("days", "role", "code"),
    [
        (Days(), Role.COMMITTEE_READER, "no_days"),
        (Days(date(2026, 12, 2), date(2026, 12, 1)), Role.COMMITTEE_READER, "ends_early"),
        (Days(date(2026, 11, 1), date(2026, 11, 22)), Role.COMMITTEE_READER, "over"),
        (MONTH, Role.PROGRAMME_LEAD, "has_days"),
    ],
)
def test_a_reader_has_two_days_and_nobody_else_has(days, role, code, give):
    assert code_of(lambda: give(days, role=role)) == code


@pytest.mark.parametrize(
    "fields",
    [
        {"first_day": None, "last_day": None},
        {"first_day": date(2026, 12, 23)},
        {"role": Role.PROGRAMME_LEAD},
    ],
)
def test_the_database_asks_the_same(fields, give):
    grant = give()
    with refused_by("a_committee_reader_has_days"):
        RoleGrant.objects.filter(pk=grant.pk).update(**fields)
    with refused_by("only_leads_and_readers_have_a_scope"):
        RoleGrant.objects.filter(pk=grant.pk).update(scope="")


def test_given_again_with_other_days_those_hold_and_both_stand_in_the_history(give):
    give()
    give()
    later = Days(date(2026, 12, 1), date(2027, 6, 30))
    give(later)
    grant = RoleGrant.objects.get(role=Role.COMMITTEE_READER)
    assert (grant.first_day, grant.last_day) == later
    lines = RoleChange.objects.order_by("pk").values_list("last_day", flat=True)
    assert list(lines) == [MONTH.last_day, later.last_day]


@pytest.mark.parametrize("role", [Role.STAFF, Role.PROGRAMME_LEAD, Role.COMMITTEE_READER])
def test_only_account_keepers_name_one(role, give, make_user, clock):
    by = make_user(role, scope=SQUARE)
    assert code_of(lambda: give(by=by)) == "role_above_yours"


def test_is_named_on_the_page_of_accounts_and_given_other_days_there(
    as_user, branch_lead, resident_user, clock
):
    page, client = f"/admin/accounts/user/{resident_user.pk}/change/", as_user(branch_lead)
    form = {
        "phone": resident_user.phone,
        "display_name": resident_user.display_name,
        "language": "zh-hans",
        "is_active": "on",
        "role_grants-TOTAL_FORMS": 2,
        "role_grants-INITIAL_FORMS": 1,
        "role_grants-0-id": resident_user.role_grants.get().pk,
        "role_grants-0-user": resident_user.pk,
        "role_grants-1-role": Role.COMMITTEE_READER,
        "role_grants-1-scope": SQUARE,
    }
    assert client.post(page, form).status_code == 200
    days = {"role_grants-1-first_day": "2026-11-23", "role_grants-1-last_day": "2026-12-22"}
    assert client.post(page, form | days).status_code == 302
    given = RoleGrant.objects.get(role=Role.COMMITTEE_READER)
    anew = {
        "role_grants-TOTAL_FORMS": 3,
        "role_grants-INITIAL_FORMS": 2,
        "role_grants-1-id": given.pk,
        "role_grants-1-user": resident_user.pk,
        "role_grants-1-DELETE": "on",
        "role_grants-2-role": Role.COMMITTEE_READER,
        "role_grants-2-scope": SQUARE,
        "role_grants-2-first_day": "2026-12-23",
        "role_grants-2-last_day": "2027-12-22",
    }
    assert client.post(page, form | anew).status_code == 302
    given = RoleGrant.objects.get(role=Role.COMMITTEE_READER)
    assert given.last_day == date(2027, 12, 22)
