from collections.abc import Callable
from threading import Barrier

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.accounts import queries
from diedie_edu.accounts.actions import accounts, roles
from diedie_edu.accounts.models import RoleChange, RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.references import erase
from tests.conftest import NOW
from tests.support.races import together
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db
LECTURES = "residents-school"


def roles_of(user: User) -> set[str]:
    return set(user.role_grants.values_list("role", flat=True))


def test_a_granted_role_names_who_gave_it_and_when(branch_lead, stranger, now):
    grant = roles.grant_role(user=stranger, role=Role.VOLUNTEER, by=branch_lead, now=now)
    assert (grant.granted_by, grant.granted_at) == (branch_lead, now)
    line = RoleChange.objects.get()
    assert (line.user, line.role, line.is_given, line.by, line.at) == (
        stranger,
        Role.VOLUNTEER,
        True,
        branch_lead,
        now,
    )


def test_granting_twice_changes_nothing(branch_lead, stranger, now):
    for _ in range(2):
        roles.grant_role(user=stranger, role=Role.VOLUNTEER, by=branch_lead, now=now)
    assert RoleGrant.objects.filter(user=stranger, role=Role.VOLUNTEER).count() == 1
    assert RoleChange.objects.count() == 1


def test_a_role_taken_away_leaves_a_line_in_the_history(branch_lead, make_user, now):
    volunteer = make_user(Role.VOLUNTEER)
    for _ in range(2):
        roles.revoke_role(user=volunteer, role=Role.VOLUNTEER, by=branch_lead, now=now)
    assert roles_of(volunteer) == set()
    assert [change.is_given for change in RoleChange.objects.all()] == [False]


def test_the_history_of_roles_is_only_added_to(make_user, stranger, now):
    admin = make_user()
    line = RoleChange.objects.create(
        user=stranger, role=Role.STAFF, is_given=True, by=admin, at=now
    )
    with refused_by("the_history_of_roles_stays_as_it_was"):
        RoleChange.objects.update(is_given=False)
    erase(admin, now)
    line.refresh_from_db()
    assert line.by_id == admin.pk


def test_a_lead_is_appointed_for_one_programme(branch_lead, stranger, now):
    roles.grant_role(
        user=stranger, role=Role.PROGRAMME_LEAD, scope=LECTURES, by=branch_lead, now=now
    )
    user = User.objects.get(pk=stranger.pk)
    assert user.may("plan_activities", LECTURES)
    assert not user.may("plan_activities", "happy-square")


def test_the_branch_appoints_staff_and_takes_the_role_again(branch_lead, stranger, now):
    grant = {"user": stranger, "role": Role.STAFF, "by": branch_lead, "now": now}
    roles.grant_role(**grant)
    roles.grant_role(**grant | {"role": Role.PROGRAMME_LEAD, "scope": LECTURES})
    assert roles_of(stranger) == {Role.RESIDENT, Role.STAFF, Role.PROGRAMME_LEAD}
    roles.revoke_role(**grant)
    assert roles_of(stranger) == {Role.RESIDENT, Role.PROGRAMME_LEAD}


def test_nobody_appoints_themselves(branch_lead, root, now):
    grant = {"user": branch_lead, "role": Role.STAFF, "now": now}
    assert code_of(lambda: roles.grant_role(**grant, by=branch_lead)) == "not_oneself"
    roles.grant_role(**grant, by=root)


@pytest.mark.parametrize("role", [Role.STAFF, Role.PROGRAMME_LEAD, Role.RESIDENT])
def test_only_account_keepers_hand_out_roles(make_user, stranger, now, role):
    by = make_user(role, scope=LECTURES)
    grant = {"user": stranger, "role": Role.RESIDENT, "by": by, "now": now}
    assert code_of(lambda: roles.grant_role(**grant)) == "role_above_yours"


def test_a_keeper_gives_nothing_to_an_account_that_may_do_everything(branch_lead, root, now):
    grant = {"user": root, "role": Role.VOLUNTEER, "by": branch_lead, "now": now}
    assert code_of(lambda: roles.grant_role(**grant)) == "account_above_yours"


def test_an_account_that_may_do_everything_appoints_staff(root, stranger, now):
    roles.grant_role(user=stranger, role=Role.STAFF, by=root, now=now)
    assert Role.STAFF in roles_of(stranger)


def test_the_last_branch_lead_stays(branch_lead, root, now):
    revoke = {"user": branch_lead, "role": Role.BRANCH_LEAD, "now": now}
    assert code_of(lambda: roles.revoke_role(**revoke, by=branch_lead)) == "last_branch_lead"
    assert code_of(lambda: roles.revoke_role(**revoke, by=root)) == "last_branch_lead"


def test_one_of_two_branch_leads_may_go(branch_lead, make_user, now):
    make_user(Role.BRANCH_LEAD)
    roles.revoke_role(user=branch_lead, role=Role.BRANCH_LEAD, by=branch_lead, now=now)
    assert roles_of(branch_lead) == set()


def test_a_branch_lead_who_may_not_sign_in_does_not_count(branch_lead, make_user, root, now):
    make_user(Role.BRANCH_LEAD, is_active=False)
    revoke = {"user": branch_lead, "role": Role.BRANCH_LEAD, "by": root, "now": now}
    assert code_of(lambda: roles.revoke_role(**revoke)) == "last_branch_lead"


def test_the_last_branch_lead_is_neither_shut_out_nor_deleted(branch_lead, root):
    branch_lead.is_active = False
    assert (
        code_of(lambda: accounts.keep_account(user=branch_lead, by=root, now=NOW))
        == "last_branch_lead"
    )
    close = lambda: accounts.close_account(user=branch_lead, by=root, now=NOW)  # noqa: E731
    assert code_of(close) == "last_branch_lead"


def revoke_each_other(pair: list[User], root: User, now: object) -> list[str | None]:
    def revoke(user: User) -> str | None:
        wish = {"user": user, "role": Role.BRANCH_LEAD, "by": root, "now": now}
        return code_of(lambda: roles.revoke_role(**wish))

    return together(*[lambda user=user: revoke(user) for user in pair])


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_revoked_at_once_one_stays(make_user, root, now):
    pair = [make_user(Role.BRANCH_LEAD), make_user(Role.BRANCH_LEAD)]
    assert sorted(revoke_each_other(pair, root, now), key=str) == [None, "last_branch_lead"]
    assert len(queries.branch_leads()) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_go(make_user, root, now, monkeypatch):
    read, barrier = queries.branch_leads, Barrier(2)

    def read_without_lock(*, locked: bool) -> list[int]:
        leads = read()
        barrier.wait(30)
        return leads

    pair = [make_user(Role.BRANCH_LEAD), make_user(Role.BRANCH_LEAD)]
    monkeypatch.setattr(queries, "branch_leads", read_without_lock)
    assert revoke_each_other(pair, root, now) == [None, None]


def test_a_role_follows_another_register(make_user, staff_user, now):
    serves, served, other = make_user(), make_user(Role.VOLUNTEER), make_user(Role.VOLUNTEER)
    roles.match_role(
        role=Role.VOLUNTEER,
        holders=User.objects.filter(pk=serves.pk),
        among=User.objects.filter(pk__in=[serves.pk, served.pk]),
        by=staff_user,
        now=now,
    )
    assert [roles_of(user) for user in (serves, served, other)] == [
        {Role.VOLUNTEER},
        set(),
        {Role.VOLUNTEER},
    ]
    history = RoleChange.objects.values_list("user", "is_given")
    assert set(history) == {(serves.pk, True), (served.pk, False)}


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"role": "king"}, "role_is_known"),
        ({"role": Role.PROGRAMME_LEAD}, "only_leads_and_readers_have_a_scope"),
        ({"role": Role.STAFF, "scope": LECTURES}, "only_leads_and_readers_have_a_scope"),
        ({"role": Role.RESIDENT}, "role_granted_once"),
    ],
)
def test_the_database_refuses_grants_that_cannot_be(
    resident_user: User, fields: dict[str, str], constraint: str
):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RoleGrant.objects.create(user=resident_user, **fields)


def test_losing_the_staff_pages_ends_the_session(
    make_user: Callable, as_user: Callable, root: User, now: object
):
    user = make_user(Role.RESIDENT)
    client = as_user(user)
    roles.grant_role(user=user, role=Role.STAFF, by=root, now=now)
    assert client.get("/me/").status_code == 302
    assert client.get("/me/").url.startswith("/sign-in/")
