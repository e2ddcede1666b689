from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from diedie_edu.accounts.models import NoticeAcceptance, OneTimeCode, PrivacyNotice, User
from tests.conftest import NOW
from tests.support.refusals import refused_by

TEXT = "开头\n\n# 一\n\n甲\n乙\n\n丙\n\n# 二\n\n丁\n"
NOTICE = PrivacyNotice(text=TEXT, text_en="# One\n\na")


def test_a_notice_is_read_in_sections():
    with override("zh-hans"):
        assert NOTICE.sections == [("", ["开头"]), ("一", ["甲\n乙", "丙"]), ("二", ["丁"])]


def test_a_notice_is_read_in_the_readers_language():
    with override("en"):
        assert NOTICE.sections == [("One", ["a"])]


@pytest.mark.django_db
@pytest.mark.parametrize("lives", [timedelta(0), timedelta(seconds=-1)])
def test_a_code_lives_for_a_while(lives):
    with pytest.raises(IntegrityError, match="code_expires_after_its_making"), transaction.atomic():
        OneTimeCode.objects.create(
            phone="13900000000", purpose="sign_in", created_at=NOW, expires_at=NOW + lives
        )


def test_a_version_is_agreed_to_once(resident_user):
    notice = PrivacyNotice.objects.create(version="v", in_force_from=NOW, text=TEXT)
    agreed = {"user": resident_user, "notice": notice, "accepted_at": NOW}
    NoticeAcceptance.objects.create(**agreed)
    with pytest.raises(IntegrityError, match="notice_accepted_once"), transaction.atomic():
        NoticeAcceptance.objects.create(**agreed)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["【银行】", "看a.cn", "加1388000", "<b>何立春"])
def test_the_database_addresses_nobody_by_a_signature_a_link_or_a_number(resident_user, name):
    with refused_by("account_is_addressed_by_a_name"):
        User.objects.update(display_name=name)
