"""The account that runs PostgreSQL, which refuses to run as root."""

import os
import pwd
import subprocess
from pathlib import Path
from typing import Any


def server_owner() -> pwd.struct_passwd:
    """Ourselves; or, for root, another account that exists."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    accounts = {account.pw_name: account for account in pwd.getpwall() if account.pw_uid != 0}
    return accounts.get("postgres") or accounts.get("nobody") or next(iter(accounts.values()))


def run_as(owner: pwd.struct_passwd) -> dict[str, Any]:
    """Arguments of subprocess that run a command as `owner`."""
    if owner.pw_uid == os.geteuid():
        return {"cwd": "/"}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": [], "cwd": "/"}


def can_reach(owner: pwd.struct_passwd, path: Path) -> bool:
    """Whether `owner` can read `path`; tried, since a folder above it may be closed."""
    test = subprocess.run(["test", "-r", str(path)], check=False, **run_as(owner))
    return test.returncode == 0
