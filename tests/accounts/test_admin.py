"""The keepers' side: accounts and roles in the admin site."""

import re
from datetime import timedelta

import pytest

from diedie_edu.accounts.actions import accounts, roles
from diedie_edu.accounts.models import PrivacyNotice, RoleChange, User
from diedie_edu.accounts.permissions import Role
from tests.accounts.conftest import PHONE
from tests.support.deleting import delete, delete_chosen
from tests.support.sent_forms import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LIST, ADD = "/admin/accounts/user/", "/admin/accounts/user/add/"


def page_of(user: User) -> str:
    return f"/admin/accounts/user/{user.pk}/change/"


def form_of(user: User | None = None, **changes: object) -> dict[str, object]:
    """What the browser sends, roles as they are."""
    grants = list(user.role_grants.order_by("pk")) if user else []
    rows = {
        f"role_grants-{n}-{key}": value
        for n, grant in enumerate(grants)
        for key, value in (("id", grant.pk), ("user", user.pk))
    }
    return (
        {
            "phone": user.phone if user else PHONE,
            "display_name": user.display_name if user else "新人",
            "language": "zh-hans",
            "is_active": "on",
            "role_grants-TOTAL_FORMS": len(grants),
            "role_grants-INITIAL_FORMS": len(grants),
        }
        | rows
        | changes
    )


def with_role(user: User | None, role: str, scope: str = "") -> dict[str, object]:
    form = form_of(user)
    row = form["role_grants-TOTAL_FORMS"]
    new = {f"role_grants-{row}-role": role, f"role_grants-{row}-scope": scope}
    return form | new | {"role_grants-TOTAL_FORMS": row + 1}


def without_role(user: User, role: str) -> dict[str, object]:
    row = [grant.role for grant in user.role_grants.order_by("pk")].index(role)
    return form_of(user, **{f"role_grants-{row}-DELETE": "on"})


@pytest.fixture
def keeper(as_user, branch_lead):
    return as_user(branch_lead)


@pytest.mark.parametrize("role", [Role.STAFF, Role.PROGRAMME_LEAD])
def test_only_account_keepers_see_accounts(as_user, make_user, role):
    client = as_user(make_user(role, scope="edu-base"))
    for model in ("user", "rolechange", "privacynotice"):
        assert client.get(f"/admin/accounts/{model}/").status_code == 403


def test_the_list_masks_phones_and_is_searched_by_them(keeper, make_user):
    make_user(phone=PHONE, display_name="梁秀珍")
    text = keeper.get(LIST, {"q": PHONE}).content.decode()
    assert "梁秀珍" in text
    assert "138****8000" in text


def test_the_list_costs_the_same_for_one_account_and_many(
    keeper, make_user, django_assert_num_queries, django_assert_max_num_queries
):
    make_user(Role.RESIDENT)
    with django_assert_max_num_queries(30) as few:
        keeper.get(LIST)
    for _ in range(3):
        make_user(Role.RESIDENT, Role.VOLUNTEER)
    with django_assert_num_queries(len(few)):
        keeper.get(LIST)


def test_no_page_shows_a_password_hash(keeper, make_user):
    user = make_user(Role.RESIDENT, password="a password")
    text = keeper.get(page_of(user)).content.decode()
    assert user.password not in text
    assert "argon2" not in text


def test_a_keeper_opens_an_account_without_a_password(keeper, branch_lead):
    assert keeper.post(ADD, with_role(None, Role.RESIDENT)).status_code == 302
    user = User.objects.get(phone=PHONE)
    assert not user.has_usable_password()
    assert user.grants[0].granted_by == branch_lead


@pytest.mark.parametrize("phone", ["", "12", "0757-81234567"])
def test_an_account_needs_a_mobile_phone(keeper, phone):
    answer = keeper.post(ADD, form_of(phone=phone))
    assert answer.context["adminform"].form.errors["phone"]


def test_a_phone_that_has_an_account_is_said_beside_the_field(keeper, make_user):
    make_user(phone=PHONE)
    answer = keeper.post(ADD, form_of(phone="138 0013 8000"))
    assert answer.context["adminform"].form.errors["phone"]


def test_a_keeper_gives_a_role_and_takes_it(keeper, resident_user, branch_lead):
    keeper.post(page_of(resident_user), with_role(resident_user, Role.VOLUNTEER))
    keeper.post(page_of(resident_user), without_role(resident_user, Role.VOLUNTEER))
    history = RoleChange.objects.values_list("role", "is_given", "by")
    assert sorted(history) == [
        (Role.VOLUNTEER, False, branch_lead.pk),
        (Role.VOLUNTEER, True, branch_lead.pk),
    ]


def test_a_lead_is_appointed_with_a_programme_only(keeper, resident_user):
    page = page_of(resident_user)
    assert keeper.post(page, with_role(resident_user, Role.PROGRAMME_LEAD)).status_code == 200
    assert (
        keeper.post(page, with_role(resident_user, Role.VOLUNTEER, "edu-base")).status_code == 200
    )
    form = with_role(resident_user, Role.PROGRAMME_LEAD, "edu-base")
    assert keeper.post(page, form).status_code == 302


def test_nobody_appoints_themselves_on_the_page(keeper, branch_lead):
    answer = keeper.post(page_of(branch_lead), with_role(branch_lead, Role.STAFF))
    errors = answer.context["inline_admin_formsets"][0].non_form_errors().as_data()
    assert errors[0].code == "not_oneself"
    assert not RoleChange.objects.exists()


def test_the_last_branch_lead_is_kept_on_the_page(keeper, branch_lead):
    answer = keeper.post(page_of(branch_lead), without_role(branch_lead, Role.BRANCH_LEAD))
    errors = answer.context["inline_admin_formsets"][0].non_form_errors().as_data()
    assert errors[0].code == "last_branch_lead"
    answer = keeper.post(page_of(branch_lead), form_of(branch_lead, is_active=""))
    assert answer.context["adminform"].form.has_error("__all__", "last_branch_lead")
    assert User.objects.get(pk=branch_lead.pk).is_active


def test_an_account_above_the_keeper_is_read_only(keeper, staff_user):
    assert keeper.get(page_of(staff_user)).status_code == 200
    assert keeper.post(page_of(staff_user), form_of(staff_user, phone=PHONE)).status_code == 403
    assert keeper.post(page_of(staff_user).replace("change", "delete")).status_code == 403


def test_nobody_below_makes_an_account_all_mighty(keeper, resident_user):
    assert keeper.post(page_of(resident_user), form_of(resident_user, is_superuser="on")).url
    assert keeper.post(ADD, form_of(is_superuser="on")).url
    assert not User.objects.filter(is_superuser=True).exists()


def test_who_may_do_everything_says_so_of_others_but_not_of_themselves(as_user, root, make_user):
    client, user = as_user(root), make_user(Role.RESIDENT)
    for row in (user, root):
        page = page_of(row)
        client.post(page, form_of(row, is_superuser="on") | opened(client, page))
    assert User.objects.filter(is_superuser=True).count() == 2


def test_an_account_is_deleted_from_its_own_page_with_its_history(keeper, resident_user):
    keeper.post(page_of(resident_user), with_role(resident_user, Role.VOLUNTEER))
    page = page_of(resident_user).replace("change", "delete")
    assert delete(keeper, page).status_code == 302
    assert not User.objects.filter(pk=resident_user.pk).exists()


def test_accounts_are_not_deleted_in_heaps(keeper, resident_user, branch_lead):
    delete_chosen(keeper, LIST, resident_user.pk)
    assert User.objects.filter(pk=resident_user.pk).exists()
    own = page_of(branch_lead).replace("change", "delete")
    assert keeper.post(own, {"post": "yes"}).status_code == 403


def test_a_refusal_in_the_last_moment_is_a_message_and_changes_nothing(
    keeper, resident_user, monkeypatch
):
    """Somebody else was faster than the form's own check."""

    def refuse(**_: object) -> None:
        raise accounts.Refused("last_branch_lead", "Too late")

    monkeypatch.setattr(roles, "grant_role", refuse)
    page = page_of(resident_user)
    form = with_role(resident_user, Role.VOLUNTEER) | {"display_name": "改名"}
    answer = keeper.post(page, form | opened(keeper, page), follow=True)
    assert "Too late" in answer.content.decode()
    assert User.objects.get(pk=resident_user.pk).display_name == resident_user.display_name


def test_the_history_is_read_only(keeper, resident_user):
    keeper.post(page_of(resident_user), with_role(resident_user, Role.VOLUNTEER))
    text = keeper.get("/admin/accounts/rolechange/").content.decode()
    assert resident_user.display_name in text
    assert keeper.get("/admin/accounts/rolechange/add/").status_code == 403
    line = RoleChange.objects.get()
    assert keeper.post(f"/admin/accounts/rolechange/{line.pk}/delete/").status_code == 403


def test_a_notice_can_be_changed_until_it_is_in_force(keeper, notice, now):
    draft = PrivacyNotice.objects.create(
        version="2", text="新", text_en="new", in_force_from=now + timedelta(days=1)
    )
    form = {"version": "2", "text": "更新", "text_en": "newer", "in_force_from_0": "2026-12-01"}
    form |= {"in_force_from_1": "00:00"}
    pages = [f"/admin/accounts/privacynotice/{row.pk}/change/" for row in (draft, notice)]
    form |= opened(keeper, pages[0])
    assert [keeper.post(page, form).status_code for page in pages] == [302, 403]
    assert re.search("更新", PrivacyNotice.objects.get(version="2").text)
