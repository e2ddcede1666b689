"""Installs what the lock files name into .venv, with uv, or with pip where uv fails.

`python3 diedie_edu/local/install.py run|dev|lock`. It runs before anything is installed, by
itself, so it needs the standard library alone and no other file of the project.
"""

import ast
import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import unquote, urlsplit

REPOSITORY = Path(__file__).resolve().parents[2]
VENV = REPOSITORY / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
LOCKS = {
    "run": ["requirements.lock", "requirements-local.lock"],
    "dev": ["requirements-dev.lock"],
    "audit": ["requirements-dev.lock", "requirements-audit.lock"],
}
COMPILED = {  # lock file: what it holds
    "requirements.lock": ["pyproject.toml"],
    "requirements-local.lock": ["--group=local", "--constraints=requirements.lock"],
    "requirements-providers.lock": ["--group=providers", "--constraints=requirements.lock"],
    "requirements-dev.lock": [
        *("pyproject.toml", "--group=local", "--group=providers", "--group=dev"),
        *("--constraints=requirements.lock", "--constraints=requirements-providers.lock"),
    ],
    "requirements-audit.lock": ["--group=audit", "--constraints=requirements-dev.lock"],
    "requirements-uv.lock": ["--group=installer"],
}

NOT_INSTALLED = """
✗ 软件包没有装全，原因见上。若网络需要镜像，请先设置：pip config set global.index-url 镜像地址
  Not all packages could be installed; the reason is above. If your network needs a mirror, set it
  with: pip config set global.index-url ADDRESS
"""


def main() -> int:
    wanted = sys.argv[1]
    with alone():
        if wanted == "lock":
            install("dev")
            return compile_locks()
        install(wanted)
    return 0


def install(wanted: str) -> None:
    """Install the lock files of `wanted`, unless that has been done."""
    stamp = VENV / f"installed-{wanted}"
    mark = fingerprint(LOCKS[wanted])
    if works(PYTHON) and stamp.exists() and stamp.read_text() == mark:
        return
    if not works(PYTHON):
        notify("[1/7] 建立 Python 环境……  Making the Python environment…")
        without = ["--without-pip"] if has_pip_for_others() else []
        subprocess.run([sys.executable, "-m", "venv", "--clear", *without, VENV], check=True)
    notify("[2/7] 安装软件包（仅首次需要，一两分钟）……  Installing packages (the first time only)…")
    files = [f"--requirement={lock}" for lock in LOCKS[wanted]]
    if not (uv_installed() and uv("install", "--require-hashes", *files)):
        notify("      uv 不可用，改用 pip……  uv is of no use here, pip takes over…")
        if not pip("install", "--require-hashes", *files):
            sys.exit(NOT_INSTALLED)
    stamp.write_text(mark)


def compile_locks() -> int:
    """Write every lock file anew; keeps the versions that still fit, unless UPGRADE is set."""
    options = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-header"]
    options += ["--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    options += ["--upgrade"] if os.environ.get("UPGRADE") else []
    done = [
        uv("compile", *options, *sources, f"--output-file={lock}")
        for lock, sources in COMPILED.items()
    ]
    return 0 if all(done) else 1


def uv_installed() -> bool:
    if UV.exists():
        return True
    return pip("install", "--quiet", "--require-hashes", "--requirement=requirements-uv.lock")


def uv(command: str, *arguments: str) -> bool:
    env = {**os.environ, **mirror(pip_settings(), os.environ), "VIRTUAL_ENV": str(VENV)}
    done = subprocess.run([UV, "pip", command, *arguments], cwd=REPOSITORY, env=env, check=False)
    return done.returncode == 0


def pip(*arguments: str) -> bool:
    into = ["--python", str(PYTHON)] if has_pip_for_others() else []
    command = [*pip_itself(), *into, "--disable-pip-version-check", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, check=False).returncode == 0


def has_pip_for_others() -> bool:
    """Whether the Python that runs this has a pip that installs into another environment.

    Where it has not, the environment is given a pip of its own, which takes longer than all else.
    """
    with contextlib.suppress(PackageNotFoundError, ValueError):
        major, minor = version("pip").split(".")[:2]
        return (int(major), int(minor)) >= (22, 3)
    return False


def pip_itself() -> list[str]:
    return [sys.executable if has_pip_for_others() else str(PYTHON), "-m", "pip"]


def mirror(settings: Mapping[str, str], env: Mapping[str, str]) -> dict[str, str]:
    """uv's variables for pip's `settings`; what `env` says to uv already stands.

    uv does not read pip's configuration, and a mirror is often the only way out of a network.
    Folders that do not exist are left out: pip overlooks them, uv stops.
    """
    said = {
        "UV_DEFAULT_INDEX": settings.get("index-url", ""),
        "UV_INDEX": " ".join(reachable(settings.get("extra-index-url", ""))),
        "UV_FIND_LINKS": ",".join(reachable(settings.get("find-links", ""))),
        "UV_INSECURE_HOST": settings.get("trusted-host", ""),
        "SSL_CERT_FILE": settings.get("cert", ""),
        "ALL_PROXY": settings.get("proxy", ""),
    }
    if said["UV_INDEX"]:
        # pip looks for the best version in all indexes; the hashes keep this safe.
        said["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {key: value for key, value in said.items() if value and not env.get(key)}


def reachable(places: str) -> list[str]:
    """The addresses in `places` that are not folders missing on this machine."""
    return [place for place in places.split() if not is_missing_folder(place)]


def is_missing_folder(place: str) -> bool:
    address = urlsplit(place)
    return address.scheme in ("", "file") and not Path(unquote(address.path)).is_dir()


def pip_settings() -> dict[str, str]:
    """pip's settings from its files and PIP_… variables, which win."""
    command = [*pip_itself(), "config", "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return parse_pip_settings(done.stdout)


def parse_pip_settings(text: str) -> dict[str, str]:
    """Lines such as `global.index-url='https://…'`, the weakest section first."""
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in text.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.partition(".")
        if section in found:
            found[section][name] = str(ast.literal_eval(value))
    return found["global"] | found["install"] | found[":env:"]


def fingerprint(locks: Sequence[str]) -> str:
    text = b"".join((REPOSITORY / lock).read_bytes() for lock in locks)
    return hashlib.sha256(text).hexdigest()


def works(python: Path) -> bool:
    """Whether the environment's Python still starts."""
    if not python.exists():
        return False
    attempt = subprocess.run([python, "-c", ""], capture_output=True, check=False)
    return attempt.returncode == 0


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two installations at once in one clone wait for each other."""
    folder = REPOSITORY / "var"
    folder.mkdir(exist_ok=True)
    with (folder / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def notify(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
