"""Contradicting settings stop the start, with a word on what to do."""

import pytest
from django.test import override_settings

from diedie_edu.notices.checks import check_outbox_settings


def test_the_settings_as_they_come_are_sound() -> None:
    assert check_outbox_settings() == []


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("notices.E001", {"SMS_BACKEND": "pigeon"}),
        ("notices.E002", {"SMS_BACKEND": "http", "SMS_URL": ""}),
        ("notices.E002", {"SMS_BACKEND": "http", "SMS_URL": "gateway.example"}),
        ("notices.E003", {"NOTICE_LEASE_SECONDS": 13.0}),
        ("notices.W001", {"PORTAL_URL": f"https://{'community' * 3}.example"}),
    ],
)
def test_each_contradiction_is_named(code: str, changed: dict[str, object]) -> None:
    with override_settings(**changed):
        assert [message.id for message in check_outbox_settings()] == [code]
