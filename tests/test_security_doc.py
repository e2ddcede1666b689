"""docs/security.md claims nothing that is not there: places, tests and times."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from diedie_edu.accounts.actions import codes
from diedie_edu.accounts.models import OneTimeCode
from tests.conftest import NOW

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "security.md").read_text()
NAMED = re.compile(r"`([^`]+)`")
TIME = re.compile(r"^\|[^|]*\| (\d+) 天 days \| (.+) \|$", re.M)


def threats() -> Iterator[list[str]]:
    """The cells of each line: threat, answer, where, test."""
    table = TEXT.partition("## 威胁")[2].partition("\n## ")[0]
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if "tests/" in line and len(cells) == 4:
            yield cells


@pytest.mark.parametrize("cells", [*threats()], ids=lambda cells: cells[0].partition(" · ")[2])
def test_what_answers_a_threat_stands_there_and_is_tested(cells: list[str]) -> None:
    for place in NAMED.findall(cells[2]):
        homes = [ROOT / "diedie_edu" / place, ROOT / place]
        assert any(home.exists() for home in homes), place
    tests = NAMED.findall(cells[3])
    assert tests
    assert [name for name in tests if not (ROOT / name).exists()] == []


def test_every_attack_is_answered() -> None:
    attacks = {path.name for path in (ROOT / "tests" / "attacks").glob("test_*.py")}
    assert {name for name in attacks if name not in TEXT} == set()


def test_nothing_is_kept_longer_than_it_says() -> None:
    said = {name: int(days) for days, names in TIME.findall(TEXT) for name in NAMED.findall(names)}
    keeps = {name for name in dir(settings) if name.endswith("_KEEP_DAYS")}
    assert said.keys() == keeps
    assert said == {name: getattr(settings, name) for name in said}


@pytest.mark.django_db
def test_codes_are_forgotten_as_it_says() -> None:
    assert "10 分钟有效，一小时后忘掉，发过几次记一天" in TEXT
    row = OneTimeCode.objects.create(
        phone="13800001111",
        purpose="sign_in",
        code_hash="x" * 64,
        browser_hash="y" * 64,
        by="owner",
        created_at=NOW,
        expires_at=NOW + OneTimeCode.LIFE,
    )
    assert timedelta(minutes=10) == OneTimeCode.LIFE
    codes.forget_old_codes(NOW + timedelta(hours=1, minutes=10))
    row.refresh_from_db()
    assert row.code_hash == ""
    codes.forget_old_codes(NOW + timedelta(days=1))
    assert not OneTimeCode.objects.exists()
