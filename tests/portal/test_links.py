"""The links of staff are found once for all who may the same."""

import pytest
from django.utils.translation import override

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.portal.context import _stafflinks, quick_actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    user = User.objects.create_user("15600000088", display_name="负责人")
    RoleGrant.objects.create(user=user, role=Role.PROGRAMME_LEAD, scope="happy-square")
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("links_of", [_stafflinks, quick_actions])
def test_they_are_those_of_the_roles_and_the_language(links_of, staff_user, lead, resident_user):
    readers = [User.objects.get(pk=user.pk) for user in (staff_user, lead, resident_user)]
    for user in (*readers, *readers):
        for language in ("zh-hans", "en"):
            with override(language):
                assert links_of(user) == links_of.__wrapped__(user)
    assert links_of(readers[0]) != links_of(readers[1])
    assert links_of(readers[2])[1] in ([], ())


def test_a_role_that_is_lost_takes_its_links_along(lead):
    assert _stafflinks(lead)[1]
    RoleGrant.objects.all().delete()
    assert _stafflinks(User.objects.get(pk=lead.pk)) == ([], [])


def test_whoever_may_not_sign_in_is_told_apart(staff_user):
    before = User.objects.get(pk=staff_user.pk)
    assert quick_actions(before)[1]
    before.is_active = False
    assert quick_actions(before) == ((), ())
