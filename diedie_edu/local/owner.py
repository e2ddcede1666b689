"""The account that runs PostgreSQL, which refuses to run as root."""

import os
import pwd
import subprocess
from pathlib import Path
from typing import Any, NamedTuple


class Owner(NamedTuple):
    uid: int
    gid: int


def server_owner() -> Owner:
    """Ourselves; or, for root, another account that exists."""
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid())
    accounts = {account.pw_name: account for account in pwd.getpwall() if account.pw_uid != 0}
    chosen = accounts.get("postgres") or accounts.get("nobody") or next(iter(accounts.values()))
    return Owner(chosen.pw_uid, chosen.pw_gid)


def run_as(owner: Owner) -> dict[str, Any]:
    """Arguments of subprocess that run a command as `owner`."""
    if owner.uid == os.geteuid():
        return {"cwd": "/"}
    return {"user": owner.uid, "group": owner.gid, "extra_groups": [], "cwd": "/"}


def can_reach(owner: Owner, path: Path) -> bool:
    """Whether `owner` can read `path`; tried, since a folder above it may be closed."""
    attempt = subprocess.run(["test", "-r", str(path)], check=False, **run_as(owner))
    return attempt.returncode == 0
