"""Contradicting settings stop the start, with a word on what to do."""

import pytest
from django.test import override_settings

from diedie_edu.notices.checks import check_outbox_settings, check_signature

SET_UP = {
    "SMS_BACKEND": "alibaba",
    "SMS_KEY_ID": "key",
    "SMS_KEY_SECRET": "secret",
    "SMS_SIGNATURE": "叠二社区",
}


def test_the_settings_as_they_come_are_sound() -> None:
    assert check_outbox_settings() == []


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("notices.E001", {"SMS_BACKEND": "pigeon"}),
        ("notices.E002", {"SMS_BACKEND": "http", "SMS_URL": ""}),
        ("notices.E002", {"SMS_BACKEND": "http", "SMS_URL": "gateway.example"}),
        ("notices.E003", {"NOTICE_LEASE_SECONDS": 13.0}),
        ("notices.E005", {"SMS_BACKEND": "alibaba", "SMS_KEY_ID": "k", "SMS_SIGNATURE": "x"}),
        ("notices.E005", {**SET_UP, "SMS_BACKEND": "tencent"}),
        ("notices.E006", {"SMS_RECEIPT_KEY": "guess"}),
        ("notices.E006", {"SMS_RECEIPT_KEY": "with/slash" * 3}),
        ("notices.E007", {"SMS_SIGNATURE": "【叠二社区】"}),
        ("notices.E003", {"WECHAT_SECONDS": 10.0}),
        ("notices.E008", {"WECHAT_APP_ID": "wx5f0e4a529a771a2b"}),
        ("notices.E008", {"WECHAT_APP_ID": "wx5f0e4a529a771a2b", "WECHAT_APP_SECRET": "s"}),
        ("notices.E008", {"WECHAT_TOKEN": "t"}),
        ("notices.E009", {"WECHAT_AES_KEY": "too-short"}),
        ("notices.E010", {"WECHAT_VERIFY": "../etc/passwd"}),
        ("notices.W001", {"PORTAL_URL": f"https://{'community' * 3}.example"}),
    ],
)
def test_each_contradiction_is_named(code: str, changed: dict[str, object]) -> None:
    with override_settings(**changed):
        assert [message.id for message in check_outbox_settings()] == [code]


@pytest.mark.parametrize("backend", [{}, {"SMS_BACKEND": "tencent", "SMS_APP_ID": "1400"}])
def test_a_provider_with_all_it_needs_is_sound(backend: dict[str, str]) -> None:
    with override_settings(**SET_UP | backend):
        assert check_outbox_settings() == []


@pytest.mark.django_db
@pytest.mark.parametrize(("signature", "codes"), [("叠二社区", []), ("叠二", ["notices.W002"])])
def test_messages_are_signed_as_the_provider_signs(signature: str, codes: list[str]) -> None:
    with override_settings(**SET_UP | {"SMS_SIGNATURE": signature}):
        assert [one.id for one in check_signature(databases=["default"])] == codes
        assert check_signature() == []
    assert check_signature(databases=["default"]) == []
