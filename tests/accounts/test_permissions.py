"""The table of roles, written down a second time: a change must be meant."""

import pytest
from django.apps import apps

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import ROLES, AdminModels, Permission, Role, opening
from diedie_edu.common.manifests import parts_of, programmes

TABLE = {
    Role.RESIDENT: "take_seats",
    Role.VOLUNTEER: "take_seats serve",
    Role.GROUP_LEADER: "take_seats lead_group",
    Role.STAFF: (
        "take_seats open_desk open_admin plan_activities keep_register keep_people move_people "
        "call_people keep_calendar keep_topics see_delivery see_programmes look_after_children "
        "keep_applicants keep_clearances keep_office read_office publish"
    ),
    Role.PROGRAMME_LEAD: (
        "take_seats open_desk open_admin plan_activities keep_register keep_topics see_programmes "
        "look_after_children open_children keep_clearances call_people keep_applicants "
        "open_applicants keep_office read_office publish"
    ),
    Role.BRANCH_LEAD: (
        "take_seats open_desk open_admin plan_activities keep_register keep_topics see_programmes "
        "keep_programmes keep_accounts see_delivery read_trail look_after_children open_children "
        "keep_clearances call_people keep_applicants open_applicants "
        "keep_office review_office read_office publish keep_community"
    ),
    Role.COMMITTEE_READER: "read_office",
}


@pytest.mark.parametrize("role", Role)
def test_a_role_allows_what_the_table_says(role):
    assert sorted(ROLES[role]) == sorted(TABLE[role].split())


def test_every_permission_belongs_to_some_role():
    assert frozenset().union(*ROLES.values()) == set(Permission)


def test_only_one_role_keeps_accounts():
    assert [role for role in Role if Permission.KEEP_ACCOUNTS in ROLES[role]] == [Role.BRANCH_LEAD]


def test_the_models_that_permissions_open_exist():
    for row in parts_of(AdminModels):
        for name in row.models:
            assert apps.get_model(name.removeprefix("view:"))


def test_the_scopes_are_the_programmes_of_the_plan():
    assert list(programmes()) == ["residents-school", "after-school", "happy-square", "edu-base"]


@pytest.mark.parametrize(
    ("permission", "django_permission", "is_open"),
    [
        (Permission.KEEP_PEOPLE, "people.change_resident", True),
        (Permission.KEEP_REGISTER, "activities.view_signup", True),
        (Permission.KEEP_REGISTER, "activities.change_signup", False),
        (Permission.KEEP_TOPICS, "people.view_resident", False),
        (Permission.TAKE_SEATS, "accounts.view_user", False),
        (Permission.KEEP_ACCOUNTS, "accounts.delete_rolechange", False),
    ],
)
def test_a_permission_opens_its_models_only(permission, django_permission, is_open):
    opened_by = {row.permission for row in opening(django_permission)}
    assert (permission in opened_by) is is_open


def test_an_account_that_may_not_sign_in_may_nothing(make_user):
    user = make_user(Role.STAFF, is_active=False)
    assert user.permissions == frozenset()
    assert not user.has_perm("people.view_resident")
    assert not User(is_superuser=True, is_active=False).has_perm("people.view_resident")


def test_a_lead_may_only_in_their_programme(make_user):
    user = make_user(Role.PROGRAMME_LEAD, scope="after-school")
    assert user.may(Permission.PLAN_ACTIVITIES)
    assert user.may(Permission.PLAN_ACTIVITIES, "after-school")
    assert not user.may(Permission.PLAN_ACTIVITIES, "edu-base")


def test_a_role_without_scope_holds_in_every_programme(staff_user):
    assert all(staff_user.may(Permission.PLAN_ACTIVITIES, scope) for scope in programmes())


def test_roles_are_read_once_for_many_questions(staff_user, django_assert_num_queries):
    user = User.objects.get(pk=staff_user.pk)
    with django_assert_num_queries(1):
        assert user.may(Permission.OPEN_DESK)
        assert user.may_open_desk
        assert user.is_staff
        assert not user.may(Permission.KEEP_ACCOUNTS)
