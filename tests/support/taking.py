"""A mail server on the loopback that takes each letter to its last line and hangs up unanswered."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread


@contextmanager
def taking() -> Iterator[tuple[int, list[bytes]]]:
    """Its port, and the letters that came."""
    letters: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_serve, args=(server, letters), daemon=True).start()
        yield server.getsockname()[1], letters


def _serve(server: socket.socket, letters: list[bytes]) -> None:
    with suppress(OSError):  # the test is over
        while True:
            caller, _address = server.accept()
            with caller:
                _talk(caller, letters)


def _talk(caller: socket.socket, letters: list[bytes]) -> None:
    caller.sendall(b"220 mail\r\n")
    for line in (lines := caller.makefile("rb")):
        if line[:4].upper() == b"DATA":
            caller.sendall(b"354 go on\r\n")
            letters.append(b"".join(iter(lines.readline, b".\r\n")))
            return
        caller.sendall(b"250 ok\r\n")
