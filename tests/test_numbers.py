"""Numbers that staff may change are written down wherever staff look for them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from diedie_edu import numbers

ROOT = Path(settings.BASE_DIR)
CALL = r'env(?:\.\w+)?\("(\w+)", (?:default=)?"?([^")]+)"?\)'
READ = dict(re.findall(CALL, Path(numbers.__file__).read_text("utf-8")))


@pytest.mark.parametrize("name", READ)
def test_every_number_is_a_setting_and_explained(name: str) -> None:
    assert hasattr(settings, name)
    assert f"#{name}={READ[name]}" in (ROOT / ".env.example").read_text("utf-8")
    rows = (ROOT / "docs" / "deploy.md").read_text("utf-8").splitlines()
    assert any(f"`{name}`" in row and f"`{READ[name]}`" in row for row in rows)


def test_every_number_is_read_from_the_environment() -> None:
    assert set(READ) == {name for name in vars(numbers) if name.isupper()}
