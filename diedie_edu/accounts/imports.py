"""Privacy notices from files: one TOML file a version, in both languages."""

import tomllib
from pathlib import Path

from diedie_edu.accounts.actions import publish_privacy_notice


def publish_privacy_notices(folder: Path) -> int:
    """Publish every version in `folder`; those that stand already are left alone.

    Returns how many files there are. Raises `Refused` as `publish_privacy_notice` does.
    """
    files = sorted(folder.glob("*.toml"))
    for file in files:
        publish_privacy_notice(**tomllib.loads(file.read_text(encoding="utf-8")))
    return len(files)
