"""What is measured and tried outside CI still starts."""

import os
import subprocess
import sys

import pytest

from diedie_edu.local.place import REPOSITORY


def test_bare_django_loads_all_that_the_portals_models_need() -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.bare.settings"}
    loaded = "import tests.bench.bare.wsgi, tests.bench.bare.urls"
    assert python("-c", loaded, env=settings) == 0


@pytest.mark.parametrize("command", ["bench", "chaos", "scale", "soak", "storm", "guards"])
def test_a_command_knows_its_parts(command: str) -> None:
    assert python("-m", f"tests.{command}", "--help") == 0


def python(*words: str, env: dict[str, str] | None = None) -> int:
    """The exit code of a process of its own; what it prints is shown where the test fails."""
    return subprocess.run(
        [sys.executable, *words], cwd=REPOSITORY, env={**os.environ, **(env or {})}, timeout=120
    ).returncode
