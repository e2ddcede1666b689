from datetime import timedelta

import pytest
from django.db import IntegrityError

from diedie_edu.accounts.actions import accounts, privacy
from diedie_edu.accounts.models import RoleChange, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.errors import Refused
from tests.accounts.conftest import PHONE
from tests.conftest import NOW
from tests.support.refusals import code_of, refusal_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def wish(notice, now):
    return {
        "phone": PHONE,
        "display_name": "梁秀珍",
        "password": None,
        "language": "zh-hans",
        "notice": notice,
        "now": now,
    }


def test_an_account_begins_as_a_resident_who_agreed(wish, notice, now):
    user = accounts.open_account(**wish)
    assert [grant.role for grant in user.grants] == [Role.RESIDENT]
    assert user.acceptances.get().notice == notice
    assert RoleChange.objects.get().by is None


def test_without_a_password_it_signs_in_by_codes(wish):
    assert not accounts.open_account(**wish).has_usable_password()


def test_a_phone_has_one_account(wish):
    accounts.open_account(**wish)
    assert refusal_of(lambda: accounts.open_account(**wish)) == ("account_exists", "phone")
    assert User.objects.count() == 1


def test_the_refusal_carries_no_phone_into_logs(wish):
    accounts.open_account(**wish)
    with pytest.raises(Refused) as caught:
        accounts.open_account(**wish)
    assert caught.value.__suppress_context__
    assert PHONE not in str(caught.value)


def test_nobody_registers_before_a_notice_is_published(wish):
    assert code_of(lambda: accounts.open_account(**wish | {"notice": None})) == "no_notice"


def test_a_keeper_cannot_change_an_account_above_theirs(branch_lead, staff_user):
    """With another phone in it, the keeper could sign in as staff."""
    staff_user.phone = PHONE
    change = {"user": staff_user, "by": branch_lead, "now": NOW}
    assert code_of(lambda: accounts.keep_account(**change)) == "account_above_yours"
    close = lambda: accounts.close_account(**change)  # noqa: E731
    assert code_of(close) == "account_above_yours"


def test_shutting_an_account_does_not_lift_it_out_of_reach_of_that_rule(branch_lead, staff_user):
    staff_user.is_active = False
    staff_user.save()
    staff_user.phone = PHONE
    change = {"user": staff_user, "by": branch_lead, "now": NOW}
    assert code_of(lambda: accounts.keep_account(**change)) == "account_above_yours"


def test_a_closed_account_is_gone_and_the_person_stays(branch_lead, resident_user):
    person = resident_user.resident
    accounts.close_account(user=resident_user, by=branch_lead, now=NOW)
    person.refresh_from_db()
    assert person.account is None
    assert not User.objects.filter(pk=resident_user.pk).exists()


def test_a_notice_is_published_once(notice, now):
    fields = {"version": "1", "text": notice.text, "text_en": notice.text_en}
    again = privacy.publish_privacy_notice(**fields, in_force_from=now + timedelta(days=1))
    assert again == notice
    assert again.in_force_from == now


def test_another_text_is_another_version(notice, now):
    fields = {"version": "1", "text_en": notice.text_en, "in_force_from": now}
    publish = lambda: privacy.publish_privacy_notice(**fields, text="新")  # noqa: E731
    assert code_of(publish) == "version_taken"


def test_agreeing_twice_keeps_the_first_moment(resident_user, notice, now):
    for later in (timedelta(), timedelta(days=1)):
        agreed = privacy.agree_to_notice(user=resident_user, notice=notice, now=now + later)
    assert agreed.accepted_at == now


def test_the_database_refuses_two_accounts_for_a_phone(make_user):
    make_user(phone=PHONE)
    with pytest.raises(IntegrityError, match="phone"):
        make_user(phone=PHONE)


def test_the_first_account_may_be_typed_in_any_way():
    user = User.objects.create_superuser("+86 138 0013 8000", "a password", display_name="管理员")
    assert user.phone == PHONE
    with pytest.raises(Refused):
        User.objects.create_superuser("admin", "a password", display_name="管理员")
