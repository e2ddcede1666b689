"""The branch appoints staff and leads on the site."""

from collections.abc import Callable

import pytest
from django.test import Client

from diedie_edu.accounts.models import RoleChange, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/desk/accounts/"


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.BRANCH_LEAD)


@pytest.fixture
def keeper(lead: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(lead)


def roles_of(user: User) -> set[str]:
    return {grant.role for grant in User.objects.get(pk=user.pk).role_grants.all()}


def test_staff_are_appointed_and_the_other_keepers_hear_of_it(
    keeper: Client, lead: User, stranger: User, make_user: Callable[..., User]
) -> None:
    other = make_user(Role.BRANCH_LEAD)
    form = {"phone": stranger.phone, "role": Role.STAFF}
    assert keeper.post(PAGE, form).url == f"{PAGE}{stranger.pk}/"
    assert Role.STAFF in roles_of(stranger)
    assert RoleChange.objects.get(role=Role.STAFF).by == lead
    told = Notice.objects.filter(kind="portal.appointed", channel="inbox")
    assert [row.account_id for row in told] == [other.pk]


def test_a_lead_without_an_account_gets_one(keeper: Client) -> None:
    form = {"phone": "13711110000", "role": Role.PROGRAMME_LEAD, "scope": "happy-square"}
    assert "full_name" in keeper.post(PAGE, form).context["form"].errors
    keeper.post(PAGE, form | {"full_name": "唐芸"})
    user = User.objects.get(phone="13711110000")
    assert (user.display_name, user.has_usable_password()) == ("唐芸", False)
    assert user.may("plan_activities", "happy-square")


def test_a_role_is_taken_again_and_stands_in_the_history(keeper: Client, stranger: User) -> None:
    keeper.post(PAGE, {"phone": stranger.phone, "role": Role.STAFF})
    grant = stranger.role_grants.get(role=Role.STAFF)
    keeper.post(f"{PAGE}roles/{grant.pk}/take/")
    assert roles_of(stranger) == {Role.RESIDENT}
    assert "收回" in keeper.get(f"{PAGE}{stranger.pk}/").text


def test_nobody_appoints_themselves_and_the_last_lead_stays(keeper: Client, lead: User) -> None:
    answer = keeper.post(PAGE, {"phone": lead.phone, "role": Role.STAFF})
    assert answer.context["form"].errors["role"]
    keeper.post(f"{PAGE}roles/{lead.role_grants.get().pk}/take/")
    assert roles_of(lead) == {Role.BRANCH_LEAD}


def test_a_lead_changes_no_phone_of_staff(keeper: Client, staff_user: User) -> None:
    assert not keeper.get(f"{PAGE}{staff_user.pk}/").context["may_change_phone"]
    form = {"phone": "13711110000", "reason": "丢了", "has_seen": "on", "do": "1"}
    assert keeper.post(f"{PAGE}{staff_user.pk}/phone/", form).context["refusal"]


def test_queries_do_not_grow(keeper: Client, make_user: Callable[..., User]) -> None:
    make_user(Role.STAFF)
    keeper.get(PAGE)
    before = queries_of(keeper, PAGE)
    for _ in range(3):
        make_user(Role.STAFF)
    assert queries_of(keeper, PAGE) == before
