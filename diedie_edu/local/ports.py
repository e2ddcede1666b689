"""A port for one portal alone.

Granian's workers listen with SO_REUSEPORT, and Linux lets every other process of the account that
does so listen beside them: a second portal on the port would answer part of the visitors, unseen.
`python -m diedie_edu.local.ports ADDRESS PORT` asks before the server of a service manager starts.
"""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from diedie_edu.local.say import Failed, complain

HOST = "127.0.0.1"


@contextmanager
def claimed(port: int) -> Iterator[None]:
    """Keep `port` for us, from before its server listens until it has ended.

    Two that start at once both find the port free. So each first takes its name, which the kernel
    gives to one process and takes back when that dies (Linux; elsewhere the second server fails).

    Raises Failed with the way out.
    """
    with socket.socket(socket.AF_UNIX) as name:
        try:
            if sys.platform == "linux":
                name.bind(f"\0diedie-edu-port-{port}")
            require_free(HOST, port)
        except OSError as error:
            raise _taken(port, os.strerror(error.errno or 0)) from None
        yield


def require_free(host: str, port: int) -> None:
    """Raises OSError where somebody listens, with SO_REUSEPORT or without."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def _taken(port: int, why: str) -> Failed:
    return Failed(
        f"端口 {port} 不能使用，可能已有一个门户在用（{why}）。"
        f"请换一个端口：make run PORT={port + 1}",
        f"Port {port} cannot be used, another portal may have it. Choose another one: "
        f"make run PORT={port + 1}",
    )


def main() -> int:
    host, port = sys.argv[1], int(sys.argv[2])
    try:
        require_free(host, port)
    except OSError as error:
        complain(
            f"{host} 的端口 {port} 不能使用：{os.strerror(error.errno or 0)}。先停下在用它的程序，"
            "两个门户不能同用一个端口。",
            f"Port {port} of {host} cannot be used. Stop what has it: two portals never share one.",
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
