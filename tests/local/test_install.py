import os
import subprocess
import sys
from pathlib import Path

import pytest

from diedie_edu.local import install
from diedie_edu.local.install import mirror, parse_pip_settings

CONFIGURED = """\
global.index-url='https://mirror.example/simple'
global.extra-index-url='https://second.example/simple file:///no/such/folder'
install.trusted-host='mirror.example'
:env:.index-url='https://nearer.example/simple'
list.format='json'
"""


def test_what_pip_knows_is_read_and_the_environment_wins() -> None:
    settings = parse_pip_settings(CONFIGURED)
    assert settings["index-url"] == "https://nearer.example/simple"
    assert settings["trusted-host"] == "mirror.example"
    assert "format" not in settings


def test_the_mirror_is_passed_on_to_uv() -> None:
    assert mirror(parse_pip_settings(CONFIGURED), {}) == {
        "UV_DEFAULT_INDEX": "https://nearer.example/simple",
        "UV_INDEX": "https://second.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_INSECURE_HOST": "mirror.example",
    }


def test_folders_that_do_not_exist_are_left_out(tmp_path: Path) -> None:
    wheels = tmp_path / "my wheels"
    wheels.mkdir()
    settings = {"find-links": f"{wheels.as_uri()} /no/such/folder https://wheels.example/"}
    assert mirror(settings, {}) == {"UV_FIND_LINKS": f"{wheels.as_uri()},https://wheels.example/"}


def test_what_uv_was_told_already_stands() -> None:
    settings = {"index-url": "https://mirror.example/simple"}
    assert mirror(settings, {"UV_DEFAULT_INDEX": "https://own.example/simple"}) == {}


def test_without_pip_settings_uv_keeps_its_own() -> None:
    assert mirror(parse_pip_settings(""), {}) == {}


@pytest.mark.parametrize("lock", install.COMPILED)
def test_lock_files_name_hashes_and_no_host(lock: str) -> None:
    text = (install.REPOSITORY / lock).read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text


def test_the_installer_needs_nothing_but_the_standard_library() -> None:
    command = [sys.executable, "-I", "-S", "-c", "import runpy, sys; runpy.run_path(sys.argv[1])"]
    done = subprocess.run([*command, install.__file__], env={"PATH": os.defpath}, check=False)
    assert done.returncode == 0
