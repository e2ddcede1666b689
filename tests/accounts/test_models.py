from django.utils.translation import override

from diedie_edu.accounts.models import PrivacyNotice

TEXT = "开头\n\n# 一\n\n甲\n乙\n\n丙\n\n# 二\n\n丁\n"
NOTICE = PrivacyNotice(text=TEXT, text_en="# One\n\na")


def test_a_notice_is_read_in_sections():
    with override("zh-hans"):
        assert NOTICE.sections == [("", ["开头"]), ("一", ["甲\n乙", "丙"]), ("二", ["丁"])]


def test_a_notice_is_read_in_the_readers_language():
    with override("en"):
        assert NOTICE.sections == [("One", ["a"])]
