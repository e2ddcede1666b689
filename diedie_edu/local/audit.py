"""`make audit`: the locked packages against the public list of holes, and their licences.

pip-audit says "no known vulnerabilities" where its service does not know a package at all, as
behind a mirror. So each package must have been looked up, and else this fails loudly.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from typing import Any

from packaging.requirements import Requirement

from diedie_edu.local.install import PYTHON, REPOSITORY

PRODUCTION = ("requirements.lock", "requirements-providers.lock")
LOCKS = (*PRODUCTION, "requirements-local.lock")
COMMAND = (
    "-m",
    "pip_audit",
    "--disable-pip",
    "--no-deps",
    "--format=json",
    "--progress-spinner=off",
)
LICENCES = REPOSITORY / "docs" / "licences.md"
HEAD = """# 第三方软件的许可 Licences of the packages

由 `make audit` 生成：门户运行所用的软件包和它们自己声明的许可。

Written by `make audit`: the packages that the portal runs on, with the licences they declare.

| 软件包 package | 许可 licence |
|---|---|
"""
OUT_OF_REACH = """
✗ 没有查：漏洞库连不上，或不认识这些软件包。换一个能上网的地方再运行 make audit。
  NOTHING WAS CHECKED: the list of holes is out of reach, or does not know these packages. Run
  `make audit` where it can be reached.
"""


def main() -> int:
    LICENCES.write_text(licences(), encoding="utf-8")
    return verdict([row for lock in LOCKS for row in audited(lock)])


def verdict(found: list[dict[str, Any]]) -> int:
    """0: all looked up and none with a hole; 1: holes; 2: not looked up."""
    unknown = [row["name"] for row in found if "skip_reason" in row]
    if not found or unknown:
        print(OUT_OF_REACH, f" ({len(unknown)})", *unknown[:5], file=sys.stderr)
        return 2
    holes = [
        f"{row['name']} {row['version']}: {hole['id']}" for row in found for hole in row["vulns"]
    ]
    print(*holes or [f"✓ {len(found)} packages, no known hole"], sep="\n")
    return 1 if holes else 0


def audited(lock: str) -> list[dict[str, Any]]:
    """What pip-audit says of each package; nothing where it could not ask."""
    command = [str(PYTHON), *COMMAND, f"--requirement={REPOSITORY / lock}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        rows: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return []
    return rows


def licences() -> str:
    rows = sorted(f"| {name} | {licence_of(package)} |\n" for name, package in packages())
    return HEAD + "".join(rows)


def packages() -> Iterator[tuple[str, Distribution]]:
    """Those that this Python and platform need."""
    for line in "".join((REPOSITORY / lock).read_text() for lock in PRODUCTION).splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            wanted = Requirement(line.removesuffix("\\").strip())
            if wanted.marker is None or wanted.marker.evaluate():
                yield wanted.name, distribution(wanted.name)


def licence_of(package: Distribution) -> str:
    """By the expression of PEP 639, else by the classifiers, else by the free text's first line."""
    said: Any = package.metadata  # an email.message.Message
    if expression := said.get("License-Expression"):
        return str(expression)
    classifiers = said.get_all("Classifier") or []
    named = [row.rpartition(":: ")[2] for row in classifiers if row.startswith("License ::")]
    return ", ".join(named) or (said.get("License") or "?").splitlines()[0]


if __name__ == "__main__":
    sys.exit(main())
