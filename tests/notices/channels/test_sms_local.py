"""The gateways of a demo: the screen and a file."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from diedie_edu.notices.channels.outcome import Letter
from diedie_edu.notices.channels.sms import can_be_asked, gateway
from diedie_edu.notices.models import Status

LETTER = Letter(reference="r-1", address="13800138000", title="", text="验证码 123456")


def _send(settings: Settings, backend: str) -> Status:
    settings.SMS_BACKEND = backend
    with gateway() as send:
        return send(LETTER).status


def test_a_demo_shows_the_code_and_hides_the_phone(
    settings: Settings, capsys: pytest.CaptureFixture
) -> None:
    settings.DEMO = True
    assert _send(settings, "console") == Status.SENT
    assert capsys.readouterr().out == "SMS 138****8000: 验证码 123456\n"


def test_outside_a_demo_the_screen_is_a_log_and_shows_neither(
    settings: Settings, capsys: pytest.CaptureFixture
) -> None:
    settings.DEMO = False
    _send(settings, "console")
    assert capsys.readouterr().out == "SMS 138****8000: (10 characters)\n"


def test_the_file_gets_a_line_for_each_message(settings: Settings, tmp_path: Path) -> None:
    settings.SMS_FILE = tmp_path / "new" / "sms.log"
    for _ in range(2):
        assert _send(settings, "file") == Status.SENT
    lines = [json.loads(line) for line in settings.SMS_FILE.read_text().splitlines()]
    assert [line["phone"] for line in lines] == ["13800138000"] * 2
    assert lines[0]["text"] == "验证码 123456"
    assert settings.SMS_FILE.stat().st_mode & 0o077 == 0  # nobody else reads it


def test_neither_can_be_asked(settings: Settings) -> None:
    settings.SMS_BACKEND = "file"
    assert not can_be_asked()
